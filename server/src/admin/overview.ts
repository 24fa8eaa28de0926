import { statfs } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { listensBeyondLoopback } from '../config.ts';
import type { OverviewView } from '../contract/overview.ts';
import type { ApiToken, Token } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { applicationRows } from './overview/application-rows.ts';
import { attentionOf } from './overview/attention.ts';
import type { SystemFacts, TokenFacts } from './overview/facts.ts';
import { identityServerRows } from './overview/identity-server-rows.ts';
import { createLinkCounts } from './overview/link-counts.ts';

/** `GET /api/overview`: both ends, and what needs attention now. */
export async function overview(api: FastifyInstance, context: AdminContext): Promise<void> {
  const countLinks = createLinkCounts(context.store);

  api.get('/overview', { config: { role: 'auditor' } }, async (): Promise<OverviewView> => {
    const [applications, identityServers, system] = await Promise.all([
      applicationRows(context, countLinks),
      identityServerRows(context),
      systemFacts(context),
    ]);
    return {
      attention: attentionOf({
        now: context.now(),
        applications: applications.map(({ facts }) => facts),
        identityServers: identityServers.map(({ facts }) => facts),
        tokens: tokenFacts(context),
        system,
      }),
      identityServers: identityServers.map(({ row }) => row),
      applications: applications.map(({ row }) => row),
    };
  });
}

function tokenFacts({ registry, authentication }: AdminContext): TokenFacts[] {
  const used = ({ id, lastUsed }: Token | ApiToken) => authentication.lastUse.of(id)?.at ?? lastUsed;
  const scim = registry.tokens().flatMap((token): TokenFacts[] => {
    const server = registry.byKey(token.server);
    if (server === undefined || server.removing) return [];
    return [{ ...token, identityServer: server.slug, lastUsed: used(token) }];
  });
  const api = registry.apiTokens().map((token) => {
    return { ...token, identityServer: null, replacedBy: null, lastUsed: used(token) };
  });
  return [...scim, ...api];
}

async function systemFacts({ config, requestLog, publicUrl }: AdminContext): Promise<SystemFacts> {
  return {
    dropped: requestLog.statistics().dropped,
    disk: await diskOf(config.data),
    sendsMail: config.smtpUrl !== undefined,
    publicUrl: publicUrl(),
    // A proxy that is trusted has the TLS, and the address that is configured is the one that people see.
    beyondLoopback:
      listensBeyondLoopback(config.listen) && (config.publicUrl !== undefined || config.trustedProxies.length === 0),
  };
}

async function diskOf(directory: string): Promise<SystemFacts['disk']> {
  try {
    const { bsize, bavail, blocks } = await statfs(directory);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    // Some file systems cannot say it.
    return null;
  }
}
