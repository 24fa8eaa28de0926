import type { ConnectionVerdict, Profile } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import type { ConnectionChanges } from '../contract/application.ts';
import { type ConnectionVerdictView, connectionTestSchema } from '../contract/application-verdict.ts';
import { jsonSchema } from '../contract/json.ts';
import type { Application, Connection } from '../store/application-contract.ts';
import { changedConnection } from './application-connection.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { Problem } from './problem.ts';
import { exchangeView } from './provisioning-record-view.ts';
import { callerOf, roleOf } from './who.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/** `POST /api/applications/{application}/test`: the saved connection, or it with changes; what it can do is kept. */
export async function applicationVerdict(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { provisioning, store } = context;

  api.post<ByName>(
    '/applications/:application/test',
    { config: { role: 'operator' } },
    async (request): Promise<ConnectionVerdictView> => {
      const { connection: changes = {} } = connectionTestSchema.parse(request.body ?? {});
      if (Object.keys(changes).length > 0 && roleOf(callerOf(request)) !== 'administrator') {
        throw new Problem('not-allowed', 'Only an administrator may try another connection than the saved one.');
      }
      const application = await findApplication(context, request.params.application);
      const { connection, secret } = tested(application, changes);
      const verdict = await provisioning.testConnection(application, connection, secret);
      const isSaved = connection.baseUrl === application.connection?.baseUrl;
      if (verdict.ok && verdict.profile !== null && isSaved) {
        await store.applications.saveProfile(application.key, profileJson(verdict.profile));
        provisioning.changed(application.key);
      }
      return verdictView(verdict);
    },
  );
}

/** The connection to test, with the secret that was given; undefined is the stored one. */
function tested(application: Application, changes: ConnectionChanges): { connection: Connection; secret?: string } {
  if (application.connection === null && changes.baseUrl === undefined) {
    const detail = `There is no connection yet: run rollcall application set ${application.slug} --url URL --token-file FILE`;
    throw new Problem('not-usable', detail);
  }
  const { connection, secret } = changedConnection(application.connection, changes);
  if (typeof secret === 'string') return { connection, secret };
  if (secret === undefined || connection.credentials.kind === 'none') return { connection };
  const detail = 'connection.secret: enter the secret: the stored one is for another host, or another way to sign in.';
  throw new Problem('invalid-request', detail, { field: 'connection.secret' });
}

const profileJson = (profile: Profile) => jsonSchema.parse(profile);

function verdictView(verdict: ConnectionVerdict): ConnectionVerdictView {
  return {
    ok: verdict.ok,
    fault: verdict.fault,
    message: verdict.message,
    capabilities: verdict.capabilities.map((capability) => ({ ...capability })),
    exchanges: verdict.exchanges.map(exchangeView),
  };
}
