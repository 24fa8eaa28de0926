import { setTimeout as pause } from 'node:timers/promises';
import type { Json, JsonObject } from '@rollcall/scim';
import {
  type ProvisioningRecordView,
  type ProvisioningStatusView,
  provisioningLogSchema,
  provisioningStatusSchema,
  savedMappingsSchema,
} from '@rollcall/server/contract';
import { type Admin, administer } from '../../harness/admin.ts';
import { textAt } from '../../harness/value-at.ts';
import { newestChange } from './feed.ts';
import type { SteppedClock } from './stepped-clock.ts';

export interface ApplicationOptions {
  /** Slug of the identity server whose people it gets. */
  readonly directory: string;
  /** Base URL of the target; a query string is kept. */
  readonly url: string;
  /** Undefined where the target asks for none. */
  readonly token: string | undefined;
  readonly dialect?: 'rfc' | 'entra';
  /** Beside the scope, which is `all` unless said. */
  readonly settings?: JsonObject;
}

/** An application of a running server, through its admin API. */
export interface TestApplication {
  readonly slug: string;
  start(): Promise<void>;
  /** Begins anew; without names, with what Microsoft's portal resets: watermark, escrows and quarantine. */
  restart(reset?: readonly string[]): Promise<void>;
  assign(objects: readonly string[], nested?: boolean): Promise<void>;
  unassign(objects: readonly string[]): Promise<void>;
  status(): Promise<ProvisioningStatusView>;
  /** Waits until everything that the directory holds has been worked through, and throws when anything failed. */
  steady(): Promise<ProvisioningStatusView>;
  /** The same, and lets time pass while anything waits for its next try. */
  patient(clock: SteppedClock): Promise<ProvisioningStatusView>;
  /** The same, and restarts it while anything has failed: what waits minutes for its next try is tried at once. */
  insist(): Promise<ProvisioningStatusView>;
  /** Of the provisioning log, newest first. */
  failures(): Promise<readonly ProvisioningRecordView[]>;
}

const LOOK_EVERY = 25;
const WITHIN = 240_000;
const TRIES = 30;

/** Adds an application that provisions everybody, and sends as externalId what the directory has as externalId. */
export async function addApplication(admin: Admin, options: ApplicationOptions): Promise<TestApplication> {
  const { directory, url, token, dialect = 'rfc', settings = {} } = options;
  const added = await administer(admin, 'POST', '/applications', {
    name: 'Target',
    directory,
    settings: { scope: 'all', ...settings },
    connection: {
      baseUrl: url,
      dialect,
      ...(token === undefined ? { credentials: { kind: 'none' } } : { secret: token }),
    },
  });
  const slug = textAt(added.body, '$.slug');
  const path = `/applications/${slug}`;
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', name: string, body?: Json) =>
    administer(admin, method, `${path}${name}`, body);
  await ownExternalId();
  let newest = 0;
  // The cycle that was the last one when something was asked for that the change feed does not show.
  let stale: string | undefined;

  async function ownExternalId(): Promise<void> {
    const shown: unknown = (await call('GET', '/mappings')).body;
    const { users, groups } = savedMappingsSchema.omit({ warnings: true }).parse(shown);
    const own = ({ attributes, ...mapping }: typeof users) => ({
      ...mapping,
      attributes: attributes.map((row) =>
        row.target === 'externalId' ? { ...row, source: { kind: 'direct' as const, attribute: 'externalId' } } : row,
      ),
    });
    // Parsed by its schema, and made of JSON: nothing in it is undefined.
    await call('PUT', '/mappings', JSON.parse(JSON.stringify({ users: own(users), groups: own(groups) })));
  }

  const status = async () => provisioningStatusSchema.parse((await call('GET', '/status')).body);
  const lastCycle = async () => (await status()).lastCycles[0]?.id ?? 'none';

  async function settled(isSo: (now: ProvisioningStatusView) => boolean): Promise<ProvisioningStatusView> {
    const began = performance.now();
    for (;;) {
      const now = await status();
      if (now.running === null && isSo(now)) return now;
      if (performance.now() - began > WITHIN) throw new Error(`It does not end: ${JSON.stringify(now)}`);
      await pause(LOOK_EVERY);
    }
  }

  async function idle(): Promise<ProvisioningStatusView> {
    newest = await newestChange(admin, directory, newest);
    const reached = await settled(({ watermark, quarantine, lastCycles }) => {
      const isThere = (watermark ?? -1) >= newest || quarantine !== null;
      return isThere && (lastCycles[0]?.id ?? 'none') !== stale;
    });
    stale = undefined;
    return reached;
  }

  async function giveUpAfter(tries: number, reached: ProvisioningStatusView): Promise<void> {
    if (tries < TRIES) return;
    throw new Error(`It still fails: ${JSON.stringify({ reached, failures: (await failures()).slice(0, 3) })}`);
  }

  async function failures(): Promise<readonly ProvisioningRecordView[]> {
    return provisioningLogSchema.parse((await call('GET', '/log?status=failure&limit=1000')).body).entries;
  }

  async function restart(reset: readonly string[] = []): Promise<void> {
    stale = await lastCycle();
    await call('POST', '/restart', { reset: [...reset] });
  }

  const isGood = ({ quarantine, escrows, staged }: ProvisioningStatusView) =>
    quarantine === null && escrows.objects + escrows.references + staged === 0;

  return {
    slug,
    status,
    failures,
    restart,
    async start() {
      await call('POST', '/start');
    },
    async assign(objects, nested = false) {
      stale = await lastCycle();
      await call('POST', '/assignments', { objects: [...objects], nested });
    },
    async unassign(objects) {
      stale = await lastCycle();
      await call('DELETE', '/assignments', { objects: [...objects] });
    },
    async steady() {
      const reached = await idle();
      if (isGood(reached)) return reached;
      throw new Error(`It is not steady: ${JSON.stringify({ reached, failures: (await failures()).slice(0, 3) })}`);
    },
    async insist() {
      for (let tries = 0; ; tries += 1) {
        const reached = await idle();
        if (isGood(reached)) return reached;
        await giveUpAfter(tries, reached);
        await restart();
      }
    },
    async patient(clock) {
      for (let tries = 0; ; tries += 1) {
        const reached = await idle();
        if (isGood(reached)) return reached;
        await giveUpAfter(tries, reached);
        const { nextTryAt } = reached.escrows;
        if (nextTryAt === null) continue;
        clock.pass(Date.parse(nextTryAt) - Date.parse(reached.at) + 1000);
        // Whatever is changed makes it look again at once.
        await administer(admin, 'PATCH', path, {});
        await settled((now) => now.escrows.nextTryAt === null || now.escrows.nextTryAt > now.at);
      }
    },
  };
}
