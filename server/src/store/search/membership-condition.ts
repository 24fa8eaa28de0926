import { type Expression, type SqlBool, sql } from 'kysely';
import type { Term } from './term.ts';

/** Groups with the member that `members.value eq "id"` names; other terms are about every member of a group. */
export function isMemberCondition(server: number, term: Term): Expression<SqlBool> | undefined {
  const id = equalId(term);
  return id === undefined
    ? undefined
    : sql<SqlBool>`resource.seq IN (SELECT group_seq FROM member WHERE member_seq IN ${seqOf(server, id)})`;
}

/** Members, direct and through other groups, of the group that `groups.value eq "id"` names. */
export function isInGroupCondition(server: number, term: Term): Expression<SqlBool> | undefined {
  const id = equalId(term);
  return id === undefined
    ? undefined
    : sql<SqlBool>`resource.seq IN (
        WITH RECURSIVE inside (seq) AS (
          SELECT member_seq FROM member WHERE group_seq IN ${seqOf(server, id)}
          UNION
          SELECT member.member_seq FROM inside CROSS JOIN member WHERE member.group_seq = inside.seq
        )
        SELECT seq FROM inside)`;
}

const seqOf = (server: number, id: string) =>
  sql`(SELECT named.seq FROM resource AS named WHERE named.server = ${server} AND named.id = ${id})`;

function equalId(term: Term): string | undefined {
  const isEqual = term.kind === 'compare' && term.operator === 'eq' && typeof term.key === 'string';
  return isEqual ? String(term.key) : undefined;
}
