import type { Page } from 'playwright-core';

interface Dialog {
  readonly address: string;
  show(page: Page): Promise<void>;
}

/** Opens a dialog by a button. */
const byButton =
  (name: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
    await opened(page);
  };

/** Opens a panel by a row of a table. */
async function byRow(page: Page): Promise<void> {
  await page.getByRole('table').getByRole('row').nth(1).click();
  await opened(page);
}

async function opened(page: Page): Promise<void> {
  await page.getByRole('dialog').first().waitFor();
  // It glides in; colours between two states have no contrast of their own.
  await page.waitForTimeout(400);
}

/** What opens on pages: dialogs, drawers and menus. */
export const DIALOGS: Readonly<Record<string, Dialog>> = {
  'a new token': { address: '/identity-servers/entra/tokens', show: byButton(/^Create token|^Add token/) },
  'a request of the log': { address: '/identity-servers/entra/log', show: byRow },
  'clearing the log': { address: '/identity-servers/entra/log', show: byButton('Clear logs') },
  'deleting an identity server': { address: '/identity-servers/entra', show: byButton('Delete permanently') },
  'the panel to choose whom to assign': {
    address: '/applications/help-desk/users-and-groups/add',
    show: byButton(/None selected/),
  },
  'a row of the mappings': { address: '/applications/crm/mappings', show: byButton(/^Edit userName$/) },
  'a mapping by an expression': { address: '/applications/crm/mappings', show: byButton(/^Edit active$/) },
  'an entry of the provisioning log': { address: '/applications/crm/log', show: byRow },
  'a restart': { address: '/applications/crm', show: byButton('Restart') },
  'an item of a plan': { address: '/applications/wiki/plans/{plan}', show: byRow },
  'a new person': { address: '/settings/people', show: byButton('Add person') },
  'a new API token': { address: '/settings/api-tokens', show: byButton('Add API token') },
  'an entry of the audit log': { address: '/audit', show: byRow },
  'the account menu': {
    address: '/',
    show: async (page) => {
      await page.getByRole('button', { name: /^Account of/ }).click();
      await page.getByRole('menu').waitFor();
      await page.waitForTimeout(300);
    },
  },
};
