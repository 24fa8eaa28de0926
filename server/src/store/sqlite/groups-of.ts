import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { GroupOfMember } from '../contract.ts';
import { type GroupsOfEach, groupsAbove, NO_GROUPS } from '../groups-above.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';

/** Groups of some members. `nested` says that the group is itself a member of another. */
const directGroups = compiled((db, { seq }: { seq: number }) =>
  db
    .selectFrom('member')
    // A cross join keeps SQLite from walking the resources and looking for a member of each.
    .crossJoin('resource')
    .whereRef('resource.seq', '=', 'member.group_seq')
    .where('member.member_seq', '=', seq)
    .whereRef('member.group_seq', '<>', 'member.member_seq')
    .select(['resource.id', 'resource.label'])
    .select((select) =>
      select
        .exists(
          select
            .selectFrom('member as upper')
            .whereRef('upper.member_seq', '=', 'member.group_seq')
            .select(sql.lit(1).as('one')),
        )
        .as('nested'),
    )
    .orderBy('member.group_seq')
    .compile(),
);

/** The groups of those among `seqs` (a JSON array) that have any, as JSON arrays: a row for each would cost more. */
const parentsOf = compiled((db, { seqs }: { seqs: string }) =>
  sql<{ seq: number; parents: string }>`
    SELECT origin.value AS seq,
      (SELECT json_group_array(member.group_seq) FROM member WHERE member.member_seq = origin.value) AS parents
    FROM json_each(${seqs}) AS origin
    WHERE EXISTS (SELECT 1 FROM member WHERE member.member_seq = origin.value)`.compile(db),
);

const namesOf = compiled((db, { seqs }: { seqs: string }) =>
  sql<{ seq: number; id: string; label: string }>`
    SELECT resource.seq, resource.id, resource.label
    FROM json_each(${seqs}) AS wanted CROSS JOIN resource
    WHERE resource.seq = wanted.value`.compile(db),
);

/** Resources whose groups are read in one step: 100 that are in 300 groups each take 5 ms. */
const AT_A_TIME = 100;
/** Milliseconds after which others get their turn. */
const TURN = 10;

/** The groups that a resource belongs to, each once, in order of creation; `direct` where it is both. */
export function groupsOf(connection: Connection, seq: number): GroupOfMember[] {
  const direct = directGroups.all(connection, { seq });
  if (direct.some((group) => group.nested)) return exhausted(readAbove(connection, [seq]))(seq);
  return direct.map(({ id, label }) => ({ id, label, type: 'direct' }));
}

/**
 * The same for many. What lies above them is read once, however many of them are below it, and in steps; each list is
 * made when it is asked for, so that long ones are not all there at once.
 */
export async function groupsOfMany(connection: Connection, seqs: readonly number[]): Promise<GroupsOfEach> {
  const steps = readAbove(connection, seqs);
  for (let began = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < TURN) continue;
    await nextTurn();
    began = performance.now();
  }
}

function exhausted<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Reads the memberships of `seqs` and of all groups above them, and returns what tells the groups of each. */
function* readAbove(connection: Connection, seqs: readonly number[]): Generator<undefined, GroupsOfEach> {
  const parents = new Map<number, readonly number[]>();
  const groups = new Set<number>();
  for (let level = [...seqs]; level.length > 0; ) {
    const next = new Set<number>();
    for (const some of inSteps(level)) {
      for (const seq of some) parents.set(seq, NO_GROUPS);
      for (const row of parentsOf.all(connection, { seqs: JSON.stringify(some) })) {
        const above: number[] = JSON.parse(row.parents);
        parents.set(row.seq, above);
        for (const group of above) {
          groups.add(group);
          if (!parents.has(group)) next.add(group);
        }
      }
      yield;
    }
    // What this level has read in the meantime is not read again.
    level = [...next].filter((seq) => !parents.has(seq));
  }
  const names = new Map<number, { readonly id: string; readonly label: string }>();
  for (const some of inSteps([...groups])) {
    for (const { seq, id, label } of namesOf.all(connection, { seqs: JSON.stringify(some) }))
      names.set(seq, { id, label });
    yield;
  }
  return groupsAbove(parents, names);
}

function* inSteps(seqs: readonly number[]): Generator<readonly number[]> {
  for (let from = 0; from < seqs.length; from += AT_A_TIME) yield seqs.slice(from, from + AT_A_TIME);
}
