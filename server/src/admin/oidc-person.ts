import type { Identity } from '../auth/oidc/provider.ts';
import { userNameSchema } from '../contract/administrator.ts';
import type { Administrator, Role } from '../store/administrator-contract.ts';
import { UniqueConflict } from '../store/contract.ts';
import type { AdminContext } from './context.ts';

/**
 * The person of an identity, made at their first sign-in, and the user name that they have from now on. They are known
 * by issuer and subject, never by a name: who takes somebody else's name at the provider does not become them here.
 */
export async function oidcPerson(
  context: AdminContext,
  identity: Identity,
  role: Role,
  from: string,
): Promise<{ readonly person: Administrator; readonly userName: string }> {
  const { administrators } = context.store;
  const { issuer, subject } = identity;
  const found = await administrators.byIdentity(issuer, subject);
  if (found !== undefined) {
    const userName = await freeName(context, identity, found);
    if (found.active && found.role !== role) {
      await note(context, 'administrator.changed', userName, from, { role: found.role }, { role });
    }
    return { person: found, userName };
  }
  const person: Administrator = {
    id: context.newId(),
    userName: await freeName(context, identity, undefined),
    role,
    source: 'oidc',
    passwordHash: null,
    identity: { issuer, subject },
    active: true,
    created: context.now(),
    lastSignIn: null,
  };
  try {
    await administrators.add(person);
  } catch (error) {
    // Two windows of one browser: the other was first.
    const other = error instanceof UniqueConflict ? await administrators.byIdentity(issuer, subject) : undefined;
    if (other === undefined) throw error;
    return { person: other, userName: other.userName };
  }
  const after = { userName: person.userName, role, source: 'oidc', active: true } as const;
  await note(context, 'administrator.added', person.userName, from, null, after);
  return { person, userName: person.userName };
}

/** The best of the names that nobody else has. */
async function freeName(context: AdminContext, identity: Identity, own: Administrator | undefined): Promise<string> {
  const names = identity.names.map((name) => userNameSchema.safeParse(name).data).filter((name) => name !== undefined);
  const [best = 'somebody'] = names;
  for (const name of [...names, `${best.slice(0, 80)} (${identity.subject.slice(0, 200)})`]) {
    const holder = await context.store.administrators.byUserName(name);
    if (holder === undefined || holder.id === own?.id) return name;
  }
  return own?.userName ?? `${best.slice(0, 60)} (${context.newId()})`;
}

async function note(
  context: AdminContext,
  action: string,
  subject: string,
  from: string,
  before: Record<string, string | boolean> | null,
  after: Record<string, string | boolean>,
): Promise<void> {
  await context.store.applications.audit({ at: context.now(), who: subject, from, action, subject, before, after });
}
