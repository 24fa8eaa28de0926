import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashChosenPassword } from '../auth/chosen-password.ts';
import { sha256Of } from '../auth/random-token.ts';
import { resetSchema, setupSchema } from '../contract/session.ts';
import type { OneTimeLink } from '../store/administrator-contract.ts';
import { explainConflict, newAdministrator, refuseUserName } from './administrators.ts';
import { beginSessionOf } from './begin-session.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';
import { countFailure, refuseWhoFailsOften } from './session.ts';
import { sessionView } from './session-view.ts';
import { unlessBusy } from './unless-busy.ts';

/** `/api/setup`: what one-time links lead to: the first administrator, and a new password. Both sign in. */
export async function setup(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { administrators } = context.store;

  api.post('/setup', { config: { role: 'anyone' } }, async (request, reply) => {
    const { token, userName, password } = setupSchema.parse(request.body);
    await findLink(context, request, token, 'setup');
    const person = await newAdministrator(context, { userName, role: 'administrator', password });
    if (!(await administrators.setUp(sha256Of(token), person).catch(explainConflict))) throw refused('setup');
    return reply.code(201).send(await sessionView(context, await beginSessionOf(context, person, request, reply)));
  });

  api.post('/setup/reset', { config: { role: 'anyone' } }, async (request, reply) => {
    const { token, password } = resetSchema.parse(request.body);
    const link = await findLink(context, request, token, 'reset');
    const person = link.administrator === null ? undefined : await administrators.byId(link.administrator);
    if (person === undefined) throw refused('reset');
    refuseUserName(password, person.userName);
    const passwordHash = await unlessBusy(hashChosenPassword(password));
    const changed = await administrators.useResetLink(sha256Of(token), passwordHash, context.now());
    if (changed === undefined) throw refused('reset');
    return sessionView(context, await beginSessionOf(context, changed, request, reply));
  });
}

/** Before anything is hashed: a wrong link must not keep the server busy. Whether it still works, its use decides. */
async function findLink(
  context: AdminContext,
  request: FastifyRequest,
  token: string,
  purpose: OneTimeLink['purpose'],
): Promise<OneTimeLink> {
  refuseWhoFailsOften(context, request);
  const link = await context.store.administrators.link(sha256Of(token));
  if (link !== undefined && link.purpose === purpose && link.expires > context.now()) return link;
  countFailure(context, request, 'A one-time link was refused');
  throw refused(purpose);
}

const HOW = {
  setup: 'Start Rollcall again for a new one, or run: rollcall administrator add NAME --role administrator',
  reset: 'An administrator can make a new one, or on the server: rollcall administrator reset NAME',
} as const;

const refused = (purpose: OneTimeLink['purpose']) =>
  new Problem('not-usable', `This link does not work: it was used, replaced or is older than a day. ${HOW[purpose]}`);
