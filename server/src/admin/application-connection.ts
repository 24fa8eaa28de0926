import type { ConnectionChanges, ConnectionView, NewConnection } from '../contract/application.ts';
import type { Application, Connection } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { isoOrNull } from './iso.ts';
import { Problem } from './problem.ts';

/** A connection and what becomes of the stored secret: undefined it stays, null it goes. */
export interface ChangedConnection {
  readonly connection: Connection;
  readonly secret: string | null | undefined;
}

/** The connection that an application begins with. Errors: `invalid-request`. */
export function newConnection({ secret, expiresAt, ...rest }: NewConnection): ChangedConnection {
  const connection: Connection = { ...rest, expires: timeOrNull(expiresAt) };
  return { connection, secret: secretFor(connection, secret) };
}

/**
 * The connection with changes. A secret goes nowhere but where it was entered for: with another host, another token
 * endpoint or another kind of credentials it is forgotten, unless a new one comes along. Errors: `invalid-request`.
 */
export function changedConnection(current: Connection | null, changes: ConnectionChanges): ChangedConnection {
  const baseUrl = changes.baseUrl ?? current?.baseUrl;
  if (baseUrl === undefined) {
    throw new Problem('invalid-request', 'connection.baseUrl: there is no connection yet, so it needs a URL.', {
      field: 'connection.baseUrl',
    });
  }
  const connection: Connection = {
    baseUrl,
    credentials: changes.credentials ?? current?.credentials ?? { kind: 'token' },
    dialect: changes.dialect ?? current?.dialect ?? 'rfc',
    expires: expiryOf(current, changes),
  };
  const isElsewhere = current === null || !sameReceiver(current, connection);
  return { connection, secret: secretFor(connection, changes.secret ?? (isElsewhere ? null : changes.secret)) };
}

/** Stores a connection's secret after what it belongs to, so that nothing can be sent to the wrong host in between. */
export async function saveWithSecret(
  { store, keys }: AdminContext,
  application: Application,
  secret: string | null | undefined,
): Promise<void> {
  if (secret !== undefined) await store.applications.saveSecret(application.key, null);
  await store.applications.save(application);
  if (typeof secret === 'string') {
    await store.applications.saveSecret(application.key, keys.encrypt(secret, application.id));
  }
}

export function connectionView({ baseUrl, credentials, dialect, expires }: Connection): ConnectionView {
  return { baseUrl, credentials: { ...credentials }, dialect, expiresAt: isoOrNull(expires) };
}

function secretFor({ credentials }: Connection, secret: string | null | undefined): string | null | undefined {
  if (credentials.kind !== 'none') return secret;
  if (typeof secret !== 'string') return null;
  const detail = 'connection.secret: credentials of the kind none have no secret.';
  throw new Problem('invalid-request', detail, { field: 'connection.secret' });
}

function sameReceiver(before: Connection, after: Connection): boolean {
  const origin = (connection: Connection) => new URL(connection.baseUrl).origin;
  const [old, next] = [before.credentials, after.credentials];
  if (old.kind !== next.kind || origin(before) !== origin(after)) return false;
  if (old.kind !== 'clientCredentials' || next.kind !== 'clientCredentials') return true;
  return new URL(old.tokenUrl).origin === new URL(next.tokenUrl).origin;
}

// The date belongs to the secret: a new one without a date has none.
function expiryOf(current: Connection | null, { expiresAt, secret }: ConnectionChanges): number | null {
  if (expiresAt !== undefined) return timeOrNull(expiresAt);
  return secret === undefined ? (current?.expires ?? null) : null;
}

const timeOrNull = (text: string | null): number | null => (text === null ? null : Date.parse(text));
