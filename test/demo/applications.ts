import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '@rollcall/scim';
import { type ProvisioningStatusView, provisioningStatusSchema } from '@rollcall/server/contract';
import { type Admin, administer } from '../harness/admin.ts';
import { objectsAt, textAt } from '../harness/value-at.ts';
import type { AwkwardServer } from '../targets/awkward.ts';
import type { Directory } from './directory.ts';
import type { Targets } from './targets.ts';

interface Ends extends Targets {
  readonly directory: Directory;
  readonly payroll: AwkwardServer;
  readonly intranet: AwkwardServer;
}

interface NewApplication {
  readonly name: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly settings: JsonObject;
}

type Application = Awaited<ReturnType<typeof addApplication>>;

const LOOK_EVERY = 50;
const WITHIN = 60_000;

/** Adds the applications and brings each into the state that it is there for. */
export async function addApplications(
  admin: Admin,
  { directory, crm, helpDesk, payroll, intranet }: Ends,
): Promise<void> {
  const add = (application: NewApplication) => addApplication(admin, directory.slug, application);
  const crmApplication = await add({
    name: 'CRM',
    baseUrl: crm.baseUrl,
    token: crm.token,
    settings: { scope: 'all', guard: { number: 500, percent: null } },
  });
  const helpDeskApplication = await add({
    name: 'Help desk',
    baseUrl: helpDesk.baseUrl,
    token: helpDesk.token,
    settings: { scope: 'assigned', guard: { number: 2, percent: null }, notify: ['service@corp.example'] },
  });
  await helpDeskApplication.assign(directory.groups.slice(3, 9));
  await Promise.all([crmApplication.start(), helpDeskApplication.start()]);
  await Promise.all([crmApplication.until(isSteady), helpDeskApplication.until(isSteady)]);

  await directory.dismiss(40);
  await helpDeskApplication.until(({ staged }) => staged > 0);
  await crmApplication.until(({ running, steadySince }) => running === null && steadySince !== null);
  await drift(crmApplication, crm);

  const refused = await add({
    name: 'Intranet',
    baseUrl: intranet.url,
    token: 'intranet',
    settings: { scope: 'assigned' },
  });
  await refused.assign(directory.groups.slice(0, 3));
  await refused.start();
  await refused.until(({ quarantine }) => quarantine !== null);

  const slow = await add({ name: 'Payroll', baseUrl: payroll.url, token: 'payroll', settings: { scope: 'all' } });
  await slow.start();
  await slow.until(({ running }) => (running?.counts.expected ?? 0) > 0);
}

const isSteady = ({ running, lastCycles, steadyFirstAt }: ProvisioningStatusView) =>
  running === null && lastCycles.length > 0 && steadyFirstAt !== null;

/** Somebody changes at the application what it was given, and it is found. */
async function drift(application: Application, crm: Targets['crm']): Promise<void> {
  const users = objectsAt((await crm.get('/Users?count=3&startIndex=40')).body, '$.Resources');
  for (const [index, user] of users.entries()) {
    await crm.patch(`/Users/${textAt(user, '$.id')}`, {
      op: 'replace',
      path: 'title',
      value: `Consultant ${index + 1}`,
    });
  }
  await application.call('POST', '/drift/check', { wait: 10 });
}

async function addApplication(admin: Admin, directory: string, { name, baseUrl, token, settings }: NewApplication) {
  const connection = { baseUrl, secret: token };
  const added = await administer(admin, 'POST', '/applications', { name, directory, settings, connection });
  const path = `/applications/${textAt(added.body, '$.slug')}`;
  const call = (method: 'GET' | 'POST', below: string, body?: JsonObject) =>
    administer(admin, method, `${path}${below}`, body);
  return {
    call,
    start: () => call('POST', '/start'),
    assign: (groups: readonly string[]) =>
      call('POST', '/assignments', { objects: groups.map((name) => `group:${name}`) }),
    /** Waits for a status. */
    async until(isSo: (status: ProvisioningStatusView) => boolean): Promise<void> {
      const began = performance.now();
      for (;;) {
        const status = provisioningStatusSchema.parse((await call('GET', '/status')).body);
        if (isSo(status)) return;
        if (performance.now() - began > WITHIN)
          throw new Error(`${name} does not get there: ${JSON.stringify(status)}`);
        await pause(LOOK_EVERY);
      }
    },
  };
}
