import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Demo } from '../demo/start-demo.ts';
import { addIdentityServer, addToken } from '../demo/targets.ts';
import { type Admin, administer } from '../harness/admin.ts';
import { objectsAt, textAt } from '../harness/value-at.ts';

/** The console's routes, each with an address of the demo where it has most to show. `{}` are filled by `fillerOf`. */
export const ADDRESSES: Readonly<Record<string, string>> = {
  '/': '/',
  '/identity-servers': '/identity-servers',
  '/identity-servers/new': '/identity-servers/new',
  '/identity-servers/$server': '/identity-servers/entra',
  '/identity-servers/$server/tokens': '/identity-servers/entra/tokens',
  '/identity-servers/$server/connect': '/identity-servers/entra/connect',
  '/identity-servers/$server/connect/entra': '/identity-servers/entra/connect/entra',
  '/identity-servers/$server/connect/okta': '/identity-servers/entra/connect/okta',
  '/identity-servers/$server/log': '/identity-servers/entra/log',
  '/identity-servers/$server/quirks': '/identity-servers/entra/quirks',
  '/identity-servers/$server/users': '/identity-servers/hr/users',
  '/identity-servers/$server/users/add': '/identity-servers/hr/users/add',
  '/identity-servers/$server/users/$id': '/identity-servers/hr/users/{user}',
  '/identity-servers/$server/groups': '/identity-servers/hr/groups',
  '/identity-servers/$server/groups/add': '/identity-servers/hr/groups/add',
  '/identity-servers/$server/groups/$id': '/identity-servers/hr/groups/{group}',
  '/identity-servers/$server/import': '/identity-servers/hr/import',
  '/applications': '/applications',
  '/applications/new': '/applications/new',
  '/applications/$application': '/applications/crm',
  '/applications/$application/provisioning': '/applications/crm/provisioning',
  '/applications/$application/users-and-groups': '/applications/help-desk/users-and-groups',
  '/applications/$application/users-and-groups/add': '/applications/help-desk/users-and-groups/add',
  '/applications/$application/on-demand': '/applications/crm/on-demand?user={user}',
  '/applications/$application/mappings': '/applications/crm/mappings',
  '/applications/$application/log': '/applications/crm/log',
  '/applications/$application/plans': '/applications/crm/plans',
  '/applications/$application/plans/$plan': '/applications/wiki/plans/{plan}',
  '/applications/$application/staged': '/applications/help-desk/staged',
  '/applications/$application/drift': '/applications/crm/drift',
  '/settings': '/settings',
  '/settings/people': '/settings/people',
  '/settings/api-tokens': '/settings/api-tokens',
  '/settings/sign-in': '/settings/sign-in',
  '/settings/mail': '/settings/mail',
  '/settings/retention': '/settings/retention',
  '/settings/password': '/settings/password',
  '/settings/about': '/settings/about',
  '/audit': '/audit',
};

/** What people see who are not signed in. */
export const ENTRANCES: Readonly<Record<string, string>> = {
  '/sign-in': '/sign-in',
  '/setup': '/setup#not-a-token',
  '/reset': '/reset#not-a-token',
};

/** The routes that the console has, asked of the one that runs in the page. */
export async function routesOf(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate('Object.keys(__TSR_ROUTER__.routesByPath)'));
}

/** Puts ids of the demo into addresses, among them one of a plan that has something in it. */
export async function fillerOf({ admin, url }: Demo): Promise<(address: string) => string> {
  const first = async (kind: 'User' | 'Group') => {
    const { body } = await administer(admin, 'GET', `/identity-servers/hr/resources/${kind}?count=1&attributes=id`);
    return textAt(objectsAt(body, '$.Resources')[0], '$.id');
  };
  const ids = new Map([
    ['user', await first('User')],
    ['group', await first('Group')],
    ['plan', await addPlan(admin, url)],
  ]);
  return (address) => address.replace(/\{(\w+)\}/g, (_, name) => ids.get(name) ?? '');
}

/** Adds an application that nobody is in yet, and plans its first cycle. */
async function addPlan(admin: Admin, url: string): Promise<string> {
  const target = await addIdentityServer(admin, { name: 'Wiki', slug: 'wiki' });
  const secret = await addToken(admin, target, 'Rollcall');
  await administer(admin, 'POST', '/applications', {
    name: 'Wiki',
    directory: 'hr',
    settings: { scope: 'all' },
    connection: { baseUrl: `${url}/scim/wiki/v2`, secret },
  });
  const { body } = await administer(admin, 'POST', '/applications/wiki/plans');
  return textAt(body, '$.id');
}
