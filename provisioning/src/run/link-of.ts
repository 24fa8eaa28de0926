import type { Json, JsonObject } from '@rollcall/scim';
import type { Link } from '../journal.ts';
import type { CompiledObjectMapping } from '../mapping/compile.ts';
import { readTargetPath } from '../mapping/target-path.ts';
import type { Assessment } from '../plan/assessment.ts';
import type { DiffOptions } from '../plan/diff.ts';
import { applyChanges, withoutChanged } from '../plan/known.ts';
import type { ObjectType } from '../source.ts';
import type { AttributeChange, Attributes, TargetObject } from '../target.ts';
import { isProblem } from './mapper.ts';
import { labelOf, type Subject } from './subject.ts';
import type { World } from './world.ts';

export const mappingOf = (world: World, type: ObjectType): CompiledObjectMapping =>
  type === 'User' ? world.rules.mappings.users : world.rules.mappings.groups;

export const diffOptions = (world: World, type: ObjectType, base: DiffOptions['base']): DiffOptions => ({
  targetAttribute: mappingOf(world, type).targetAttribute,
  clearEmpty: world.rules.settings.clearEmpty,
  base,
});

/** References whose ends are linked, as the target ids that are to be sent. */
export const resolvedReferences = ({ references }: Subject): Attributes =>
  new Map(references.flatMap(({ path, sent }) => (sent === null ? [] : [[path, sent] as const])));

/** The same, and undefined for each reference that points at nothing. */
export function comparedReferences(subject: Subject): ReadonlyMap<string, Json | undefined> {
  const compared = new Map<string, Json | undefined>(resolvedReferences(subject));
  const { assessment } = subject;
  if (assessment === undefined || isProblem(assessment)) return compared;
  for (const { path, id } of assessment.references) if (id === undefined) compared.set(path, undefined);
  return compared;
}

/** What an answer shows of the mapped attributes. */
export function echoOf(world: World, type: ObjectType, document: JsonObject): Attributes {
  const echoed = new Map<string, Json>();
  for (const { target } of mappingOf(world, type).source.attributes) {
    const value = readTargetPath(document, target);
    if (value !== undefined && value !== null) echoed.set(target, value);
  }
  return echoed;
}

/** Everything mapped that the target should hold after a change. */
export const wholeOf = (assessment: Assessment, subject: Subject, link: Link): Attributes =>
  new Map([...link.sent, ...assessment.attributes, ...resolvedReferences(subject)]);

export function newLink(world: World, subject: Subject, found: TargetObject, sent: Attributes, adopted: boolean): Link {
  const { key, object } = subject;
  return {
    ...key,
    targetId: found.id,
    label: labelOf(subject),
    state: 'active',
    sent,
    echoed: answeredOf(world, key.type, found.document, sent),
    sourceVersion: object?.version ?? 0,
    membersVersion: 0,
    mappingsHash: world.rules.mappings.hash,
    adopted,
    deleteAt: null,
    linkedAt: world.now(),
  };
}

/** A link after changes were sent and something, or nothing, came back. */
export function withSent(
  world: World,
  link: Link,
  changes: readonly AttributeChange[],
  answer: TargetObject | undefined,
): Link {
  const sent = applyChanges(link.sent, changes);
  const echoed =
    answer === undefined ? withoutChanged(link.echoed, changes) : answeredOf(world, link.type, answer.document, sent);
  return { ...link, sent, echoed };
}

/** What an answer shows; null for what was sent and is not in it, so that it is not missed later. */
function answeredOf(world: World, type: ObjectType, document: JsonObject, sent: Attributes): Attributes {
  const shown = echoOf(world, type, document);
  if (shown.size === 0) return shown;
  const unanswered = [...sent.keys()].filter((path) => !shown.has(path));
  return new Map([...unanswered.map((path) => [path, null] as const), ...shown]);
}
