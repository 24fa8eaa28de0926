import type { OverviewView } from '../../contract/overview.ts';
import type { IdentityServer } from '../../store/contract.ts';
import type { AdminContext } from '../context.ts';
import { isoOrNull } from '../iso.ts';
import type { IdentityServerFacts } from './facts.ts';

const DAY = 86_400_000;

export interface IdentityServerRow {
  readonly row: OverviewView['identityServers'][number];
  readonly facts: IdentityServerFacts;
}

/** Each identity server as the overview shows it, with what is asked about it. */
export async function identityServerRows(context: AdminContext): Promise<IdentityServerRow[]> {
  const present = context.registry.identityServers().filter(({ removing }) => !removing);
  return Promise.all(present.map((server) => rowOf(context, server)));
}

async function rowOf(context: AdminContext, server: IdentityServer): Promise<IdentityServerRow> {
  const { store, requestLog } = context;
  const { key, slug, name, active, isDefault, modified, settings } = server;
  const [users, groups, buckets, newest] = await Promise.all([
    store.count(key, 'User'),
    store.count(key, 'Group'),
    requestLog.statisticsByTime({ server: key, since: context.now() - DAY, bucketMs: DAY }),
    requestLog.search({ server: key, limit: 1 }),
  ]);
  const lastRequest = newest[0]?.at ?? null;
  const { security } = settings;
  return {
    row: {
      slug,
      name,
      active,
      default: isDefault,
      security,
      users,
      groups,
      requests24h: sum(buckets.map(({ total }) => total)),
      errors24h: sum(buckets.map(({ clientErrors, serverErrors }) => clientErrors + serverErrors)),
      lastRequestAt: isoOrNull(lastRequest),
    },
    facts: { slug, name, active, modified, security, lastRequest },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
