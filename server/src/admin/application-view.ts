import type { ApplicationState, ApplicationView } from '../contract/application.ts';
import type { Application } from '../store/application-contract.ts';
import { connectionView } from './application-connection.ts';
import { settingsView } from './application-settings.ts';
import type { AdminContext } from './context.ts';
import { iso } from './iso.ts';

const DAY = 86_400_000;
const EXPIRY_WARNING = 30 * DAY;

/** An application as the admin API shows it: everything but the secret. */
export async function applicationView(context: AdminContext, application: Application): Promise<ApplicationView> {
  const hasSecret = (await context.store.applications.secret(application.key)) !== null;
  return {
    id: application.id,
    slug: application.slug,
    name: application.name,
    directory: context.registry.byKey(application.directory)?.slug ?? '',
    state: applicationState(application),
    connection: application.connection === null ? null : connectionView(application.connection),
    hasSecret,
    settings: settingsView(application.settings),
    profile: application.profile,
    removing: application.removing,
    createdAt: iso(application.created),
    modifiedAt: iso(application.modified),
    warnings: application.removing ? [] : applicationWarnings(application, hasSecret, context.now()),
  };
}

/** One word for how an application's provisioning stands. */
export function applicationState({ removing, connection, job }: Application): ApplicationState {
  if (removing) return 'removing';
  if (connection === null) return 'notConfigured';
  return job.status === 'active' && job.quarantine !== null ? 'quarantine' : job.status;
}

/** What an administrator should see to, most urgent first. */
export function applicationWarnings(application: Application, hasSecret: boolean, now: number): string[] {
  const { slug, connection, profile } = application;
  if (connection === null) {
    return [`No connection yet: run rollcall application set ${slug} --url URL --token-file FILE`];
  }
  const warnings: string[] = [];
  if (connection.credentials.kind !== 'none' && !hasSecret) {
    warnings.push(`The credentials are missing: run rollcall application set ${slug} --token-file FILE`);
  }
  const expiry = expiryWarning(connection.expires, now);
  if (expiry !== undefined)
    warnings.push(`${expiry} Enter new ones: rollcall application set ${slug} --token-file FILE`);
  if (profile === null) warnings.push(`The connection is not tested yet: run rollcall application test ${slug}`);
  return warnings;
}

function expiryWarning(expires: number | null, now: number): string | undefined {
  if (expires === null || expires - now > EXPIRY_WARNING) return undefined;
  if (expires <= now) return `The credentials expired on ${iso(expires).slice(0, 10)}.`;
  const days = Math.floor((expires - now) / DAY);
  if (days === 0) return 'The credentials expire within a day.';
  return `The credentials expire in ${days} ${days === 1 ? 'day' : 'days'}.`;
}
