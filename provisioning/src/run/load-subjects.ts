import type { Reference } from '../journal.ts';
import { keyText } from '../journal.ts';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import type { ObjectType, SourceObject } from '../source.ts';
import type { Assignments } from './assignments.ts';
import { isProblem } from './mapper.ts';
import type { Subject } from './subject.ts';
import type { World } from './world.ts';

/**
 * Reads and evaluates everything that decisions about these objects are made by, in a handful of reads for all of
 * them. `known` are objects that were read already.
 */
export async function loadSubjects(
  world: World,
  assignments: Assignments,
  type: ObjectType,
  ids: readonly string[],
  known?: ReadonlyMap<string, SourceObject>,
): Promise<readonly Subject[]> {
  const keys = ids.map((id) => ({ type, id }));
  const objects = known ?? (await world.source.read(type, ids));
  const [assigned, links, staged, escrows] = await Promise.all([
    assignments.of([...objects.keys()]),
    world.journal.links(type, ids),
    world.journal.staged(keys),
    world.journal.escrows(keys),
  ]);
  const assessments = await world.mapper.assess(
    type,
    [...objects.values()].map((object) => ({ object, assignment: assigned.get(object.id) ?? { kind: 'none' } })),
  );
  const targetIds = await targetIdsOf(world, assessments);
  return keys.map((key) => {
    const assessment = assessments.get(key.id);
    return {
      key,
      object: objects.get(key.id),
      assessment,
      link: links.get(key.id),
      staged: staged.get(keyText(key)),
      escrows: escrows.filter((escrow) => escrow.id === key.id),
      references: referencesOf(assessment, targetIds),
      targetIds,
    };
  });
}

/** References of users point at users: manager. */
async function targetIdsOf(
  world: World,
  assessments: ReadonlyMap<string, Assessment | ObjectProblem>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set<string>();
  for (const assessment of assessments.values()) {
    if (isProblem(assessment)) continue;
    for (const { id } of assessment.references) if (id !== undefined) wanted.add(id);
  }
  if (wanted.size === 0) return new Map();
  const links = await world.journal.links('User', [...wanted]);
  return new Map([...links].map(([id, { targetId }]) => [id, targetId]));
}

function referencesOf(
  assessment: Assessment | ObjectProblem | undefined,
  targetIds: ReadonlyMap<string, string>,
): readonly Reference[] {
  if (assessment === undefined || isProblem(assessment)) return [];
  return assessment.references.flatMap(({ path, id }) =>
    id === undefined ? [] : [{ path, wanted: id, sent: targetIds.get(id) ?? null }],
  );
}
