import type { SignedIn } from '../auth/session.ts';
import type { SessionView } from '../contract/session.ts';
import type { AdminContext } from './context.ts';

/** Whether somebody is signed in, and how one can be: strangers see this too. */
export async function sessionView(context: AdminContext, signedIn: SignedIn | undefined): Promise<SessionView> {
  const { administrators } = context.store;
  const isSetup = signedIn === undefined && (await administrators.setupOpen(context.now()));
  const people = await administrators.list();
  const { oidcIssuer, oidcName } = context.config;
  return {
    state: signedIn !== undefined ? 'signedIn' : isSetup ? 'setup' : 'signedOut',
    person: signedIn === undefined ? null : personOf(signedIn),
    signIn: {
      password: people.some(({ source }) => source === 'password'),
      oidc: oidcIssuer === undefined ? null : { name: oidcName },
    },
    version: signedIn === undefined ? null : context.version,
    publicUrl: signedIn === undefined ? null : context.publicUrl(),
  };
}

function personOf({ administrator: { id, userName, role, source } }: SignedIn): SessionView['person'] {
  return { id, userName, role, source };
}
