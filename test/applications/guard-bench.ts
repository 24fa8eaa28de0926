import { setTimeout as pause } from 'node:timers/promises';
import type { Json, JsonObject } from '@rollcall/scim';
import {
  type ImportReport,
  importReportSchema,
  type ProvisioningStatusView,
  type StagedRemovalView,
  stagedListSchema,
} from '@rollcall/server/contract';
import { administer } from '../harness/admin.ts';
import { createUsers } from '../harness/create-users.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { openPool } from '../harness/pool.ts';
import type { TestServer } from '../harness/server.ts';
import { type AwkwardTarget, awkwardTarget } from '../targets/target.ts';
import { addApplication, type TestApplication } from './harness/application.ts';

export interface GuardBenchOptions {
  readonly people: number;
  readonly leaving: 'disable' | 'delete';
  readonly guard: { readonly number: number; readonly percent: number | null };
}

/** A directory of people who are provisioned into an awkward target, in an application with a guard. */
export interface GuardBench {
  readonly hr: TestIdentityServer;
  readonly application: TestApplication;
  readonly target: AwkwardTarget;
  /** Directory ids in the order of their numbers; `userNames` likewise. */
  readonly ids: readonly string[];
  readonly userNames: readonly string[];
  /** Imports the people of these numbers, all others missing. */
  importOnly(present: readonly number[], options: JsonObject): Promise<ImportReport>;
  importText(text: string, options: JsonObject): Promise<ImportReport>;
  staged(state?: 'waiting' | 'allowed' | 'rejected'): Promise<readonly StagedRemovalView[]>;
  decide(decision: 'allow' | 'reject', objects?: readonly string[]): Promise<Json | undefined>;
  /** How many users the target has that are active. */
  active(): Promise<number>;
  /** Waits until the application has worked through the directory and this holds. */
  until(holds: (status: ProvisioningStatusView) => boolean | Promise<boolean>): Promise<ProvisioningStatusView>;
  close(): Promise<void>;
}

export const NOTIFIED = 'ops@acme.example';
const WITHIN = 60_000;

export async function guardBench(server: TestServer, options: GuardBenchOptions): Promise<GuardBench> {
  const hr = await server.identityServer();
  const target = await awkwardTarget({ token: 'secret' });
  const userNames = Array.from({ length: options.people }, (_, n) => `p${n}@acme.example`);
  const pool = openPool(hr, 8);
  const ids = await createUsers(pool, options.people, (n) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `p${n}@acme.example`,
    externalId: `p${n}`,
    active: true,
  }));
  await pool.close();
  const application = await addApplication(server.admin, {
    directory: hr.slug,
    url: target.url,
    token: target.token,
    settings: { leaving: options.leaving, notify: [NOTIFIED], guard: { enabled: true, ...options.guard } },
  });
  const path = `/applications/${application.slug}`;
  await application.start();
  await application.steady();

  async function importText(text: string, more: JsonObject): Promise<ImportReport> {
    const body = { people: { name: 'people.csv', text }, ...more };
    const answer = await administer(server.admin, 'POST', `/identity-servers/${hr.slug}/import`, body);
    return importReportSchema.parse(answer.body);
  }

  return {
    hr,
    application,
    target,
    ids,
    userNames,
    importText,
    importOnly: (present, more) =>
      importText(
        ['externalId,userName,active', ...present.map((n) => `p${n},p${n}@acme.example,true`), ''].join('\r\n'),
        more,
      ),
    async staged(state = 'waiting') {
      const answer = await administer(server.admin, 'GET', `${path}/staged?limit=10000&state=${state}`);
      return stagedListSchema.parse(answer.body).staged;
    },
    async decide(decision, objects) {
      const body = objects === undefined ? {} : { objects: [...objects] };
      return (await administer(server.admin, 'POST', `${path}/staged/${decision}`, body)).body;
    },
    active: async () => (await target.users()).filter(({ active }) => active === true).length,
    async until(holds) {
      const began = performance.now();
      for (;;) {
        const status = await application.status();
        if (status.running === null && (await holds(status))) return status;
        if (performance.now() - began > WITHIN) throw new Error(`It does not happen: ${JSON.stringify(status)}`);
        await pause(50);
      }
    },
    close: () => target.close(),
  };
}
