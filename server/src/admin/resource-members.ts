import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type MemberListView, memberQuerySchema } from '../contract/member.ts';
import type { LabelledMember, StoredResource } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findResource } from './find-resource.ts';

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

/** What one page counts and searches through: 100,000 members take up to 25 ms to count, and to search steps of 0.5. */
const MOST = 100_000;
const STEP = 500;

/** `GET …/resources/{type}/{id}/members`: a page of a group's members, found by a key however many there are. */
export async function resourceMembers(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'auditor' } } as const;

  api.get<ById>(
    '/identity-servers/:server/resources/:type/:id/members',
    options,
    async ({ query, params }): Promise<MemberListView> => {
      const { after, limit, search } = memberQuerySchema.parse(query);
      const { stored } = await findResource(context, params);
      const { members, next } =
        search === undefined || search === ''
          ? await page(context, stored, after, limit)
          : await searched(context, stored, after, limit, search.toLowerCase());
      const count = after > 0 ? undefined : await context.store.countMembers(stored.seq, MOST + 1);
      return {
        members: members.map(({ id, type, label }) => ({ id, type, label: label ?? '', exists: label !== null })),
        next: next === undefined ? null : String(next),
        total: count === undefined || count > MOST ? null : count,
      };
    },
  );
}

interface Page {
  readonly members: readonly LabelledMember[];
  readonly next: number | undefined;
}

async function page({ store }: AdminContext, group: StoredResource, after: number, limit: number): Promise<Page> {
  const found = await store.labelledMembers(group.seq, after, limit + 1);
  const members = found.slice(0, limit);
  return { members, next: found.length > limit ? members.at(-1)?.seq : undefined };
}

async function searched(
  { store }: AdminContext,
  group: StoredResource,
  start: number,
  limit: number,
  text: string,
): Promise<Page> {
  const members: LabelledMember[] = [];
  let after = start;
  for (let looked = 0; looked < MOST; looked += STEP) {
    if (looked > 0) await nextTurn();
    const step = await store.labelledMembers(group.seq, after, STEP);
    for (const member of step) {
      after = member.seq;
      if (!member.label?.toLowerCase().includes(text) && member.id !== text) continue;
      members.push(member);
      if (members.length === limit) return { members, next: after };
    }
    if (step.length < STEP) return { members, next: undefined };
  }
  return { members, next: after };
}
