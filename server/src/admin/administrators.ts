import type { FastifyInstance } from 'fastify';
import { hashChosenPassword, isUserName } from '../auth/chosen-password.ts';
import {
  type AddedAdministratorView,
  administratorChangesSchema,
  newAdministratorSchema,
} from '../contract/administrator.ts';
import { type Administrator, LastAdministrator } from '../store/administrator-contract.ts';
import { UniqueConflict } from '../store/contract.ts';
import { administratorView } from './administrator-view.ts';
import type { AdminContext } from './context.ts';
import { makeLink } from './one-time-link.ts';
import { Problem } from './problem.ts';
import { unlessBusy } from './unless-busy.ts';

interface ById {
  readonly Params: { readonly id: string };
}

/** `/api/administrators`: who may sign in, and with which role. No answer holds a password; links are shown once. */
export async function administrators(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { store } = context;

  api.get('/administrators', async () => ({
    administrators: (await store.administrators.list()).map(administratorView),
  }));

  api.get<ById>('/administrators/:id', async (request) => administratorView(await find(context, request.params.id)));

  api.post('/administrators', async (request, reply) => {
    const { userName, role, password } = newAdministratorSchema.parse(request.body);
    const administrator = await newAdministrator(context, { userName, role, password });
    await store.administrators.add(administrator).catch(explainConflict);
    const link = password === undefined ? await makeLink(context, 'reset', administrator.id) : undefined;
    const added: AddedAdministratorView = {
      ...administratorView(administrator),
      ...(link === undefined ? {} : { setupLink: link.link, setupLinkExpiresAt: link.expiresAt }),
    };
    return reply.code(201).send(added);
  });

  api.patch<ById>('/administrators/:id', async (request) => {
    const { role, active } = administratorChangesSchema.parse(request.body);
    const before = await find(context, request.params.id);
    if (role !== undefined && role !== before.role && before.source === 'oidc') {
      throw new Problem(
        'not-usable',
        `The role of ${before.userName} comes from groups of the OpenID provider; change them there, or ROLLCALL_OIDC_ROLES.`,
        { field: 'role' },
      );
    }
    const changes = { ...(role === undefined ? {} : { role }), ...(active === undefined ? {} : { active }) };
    const after = await store.administrators.change(before.id, changes).catch(explainLast);
    return administratorView(after ?? (await find(context, before.id)));
  });

  api.post<ById>('/administrators/:id/reset', async (request) => {
    const { id, userName, source, active } = await find(context, request.params.id);
    if (source === 'oidc') {
      throw new Problem('not-usable', `${userName} signs in at the OpenID provider, which also keeps the password.`);
    }
    if (!active) throw new Problem('not-usable', `${userName} is not active; change that first.`);
    return makeLink(context, 'reset', id);
  });

  api.delete<ById>('/administrators/:id', async (request, reply) => {
    const { id } = await find(context, request.params.id);
    await store.administrators.remove(id).catch(explainLast);
    return reply.code(204).send();
  });
}

/** A person who is not stored yet. Errors: `invalid-request` when the password is the user name. */
export async function newAdministrator(
  context: Pick<AdminContext, 'now' | 'newId'>,
  { userName, role, password }: Pick<Administrator, 'userName' | 'role'> & { readonly password: string | undefined },
): Promise<Administrator> {
  if (password !== undefined) refuseUserName(password, userName);
  return {
    id: context.newId(),
    userName,
    role,
    source: 'password',
    passwordHash: password === undefined ? null : await unlessBusy(hashChosenPassword(password)),
    identity: null,
    active: true,
    created: context.now(),
    lastSignIn: null,
  };
}

/** Errors: `invalid-request` when a password is the user name. */
export function refuseUserName(password: string, userName: string): void {
  if (!isUserName(password, userName)) return;
  throw new Problem('invalid-request', 'password: must not be the user name.', { field: 'password' });
}

/** Makes an `already-exists` of a user name that somebody has. */
export function explainConflict(error: unknown): never {
  if (!(error instanceof UniqueConflict)) throw error;
  throw new Problem('already-exists', `Somebody has the user name ${error.value} already.`, { field: 'userName' });
}

function explainLast(error: unknown): never {
  if (!(error instanceof LastAdministrator)) throw error;
  throw new Problem(
    'not-usable',
    'This is the last active administrator who can sign in: nobody could change anything any more. Make another one first.',
  );
}

async function find(context: AdminContext, id: string): Promise<Administrator> {
  const administrator = await context.store.administrators.byId(id);
  if (administrator !== undefined) return administrator;
  throw new Problem('not-found', `There is no administrator ${id}; rollcall administrator list shows them.`);
}
