import type { OverviewView } from '../../contract/overview.ts';
import type { IdentityServer } from '../../store/contract.ts';
import type { AdminContext } from '../context.ts';
import { statisticsOf } from '../identity-server-statistics.ts';
import type { IdentityServerFacts } from './facts.ts';

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
  const { slug, name, active, isDefault, modified, settings } = server;
  const { users, groups, requests24h, errors24h, lastRequestAt } = await statisticsOf(context, server);
  const { security } = settings;
  const counts = { users, groups, requests24h, errors24h, lastRequestAt };
  const lastRequest = lastRequestAt === null ? null : Date.parse(lastRequestAt);
  return {
    row: { slug, name, active, default: isDefault, security, ...counts },
    facts: { slug, name, active, modified, security, lastRequest },
  };
}
