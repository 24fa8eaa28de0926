import type { Assessment } from '../plan/assessment.ts';
import type { ObjectKey } from '../source.ts';
import { TargetError, type TargetObject } from '../target.ts';
import type { Trail } from './trail.ts';
import type { World } from './world.ts';

/**
 * Looks for an object in the target by the matching attributes, in their order; the first that finds something counts.
 * Errors: TargetError `DuplicateTargetEntries` when it finds several, `DuplicateSourceEntries` when what it finds is
 * linked to another object of the directory, `ImportSkipped` when the object has no value to search by.
 *
 * `inDoubt` says that the target may have created it without a success coming back: then it is searched by its
 * externalId too, because a target that cuts or respells a name is not found by what was sent.
 */
export async function match(
  world: World,
  key: ObjectKey,
  assessment: Assessment,
  trail: Trail,
  inDoubt = false,
): Promise<TargetObject | undefined> {
  const matching = inDoubt ? withExternalId(assessment) : assessment.matching;
  if (matching.length === 0) throw new TargetError('ImportSkipped', 'It has no value for a matching attribute.');
  for (const { path, value } of matching) {
    const found = await world.target.find(key.type, path, value, trail.call).catch((error: unknown) => {
      // What is searched beside the mapping need not be searchable.
      if (error instanceof TargetError && error.code === 'IncompatibleFiltering' && !isMatched(assessment, path))
        return [];
      throw error;
    });
    const [first, second] = found;
    if (first === undefined) continue;
    if (second !== undefined) {
      const text = `The target has more than one object whose ${path} is "${value}": ${found.map(({ id }) => id).join(', ')}.`;
      throw new TargetError('DuplicateTargetEntries', text);
    }
    const holder = await world.journal.linkOfTarget(key.type, first.id);
    if (holder !== undefined && holder.id !== key.id) {
      const text = `The target's object ${first.id}, whose ${path} is "${value}", is linked to ${holder.label} (${holder.id}).`;
      throw new TargetError('DuplicateSourceEntries', text);
    }
    trail.step('match', 'success', `Found in the target by ${path}.`, { path, value, targetId: first.id });
    return first;
  }
  trail.step('match', 'success', 'The target has no such object.', {
    searched: matching.map(({ path, value }) => `${path} eq "${value}"`),
  });
  return undefined;
}

function withExternalId({ matching, attributes, onCreate }: Assessment): Assessment['matching'] {
  const value = attributes.get(EXTERNAL_ID) ?? onCreate.get(EXTERNAL_ID);
  if (typeof value !== 'string' || matching.some(({ path }) => path === EXTERNAL_ID)) return matching;
  return [...matching, { path: EXTERNAL_ID, value }];
}

const EXTERNAL_ID = 'externalId';

const isMatched = ({ matching }: Assessment, searched: string): boolean =>
  matching.some(({ path }) => path === searched);
