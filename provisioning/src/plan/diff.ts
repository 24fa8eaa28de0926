import { isArray, type Json } from '@rollcall/scim';
import type { Link } from '../journal.ts';
import type { TargetAttribute } from '../mapping/model.ts';
import type { AttributeChange, Attributes } from '../target.ts';
import type { Assessment } from './assessment.ts';
import { knownValue } from './known.ts';
import { isEmpty, sameValue } from './same-value.ts';

export interface DiffOptions {
  /** What the target knows of a path; `targetAttribute` of the compiled mapping. */
  targetAttribute(path: string): TargetAttribute;
  /** Whether a mapped path that has no value any more is cleared. */
  readonly clearEmpty: boolean;
  /**
   * `sent`: a value is there when it was sent or when it was answered, so that a target which spells a value its own
   * way is not written to again and again. `read`: only what was answered counts, as Entra compares.
   */
  readonly base: 'sent' | 'read';
}

/**
 * The changes that make the target hold what it should. `references` are target ids by path; undefined where a
 * reference points at nothing, and missing while it waits for the link of what it points at.
 */
export function diff(
  { attributes, empty, additive = [] }: Pick<Assessment, 'attributes' | 'empty' | 'additive'>,
  references: ReadonlyMap<string, Json | undefined>,
  link: Pick<Link, 'sent' | 'echoed'>,
  options: DiffOptions,
): readonly AttributeChange[] {
  const changes: AttributeChange[] = [];
  const from = (path: string) => (options.base === 'read' ? link.echoed.get(path) : knownValue(link, path));
  for (const [path, wanted] of wantedOf(attributes, references)) {
    const to = additive.includes(path) ? together(options.targetAttribute(path), from(path), wanted) : wanted;
    if (!isThere(path, to, link, options)) changes.push({ path, from: from(path), to });
  }
  const cleared = options.clearEmpty ? empty : [];
  const pointless = [...references].filter(([, id]) => id === undefined).map(([path]) => path);
  for (const path of new Set([...cleared, ...pointless])) {
    const known = from(path);
    if (!isEmpty(known) && !attributes.has(path)) changes.push({ path, from: known, to: undefined });
  }
  return changes;
}

/** What is known to be there, and what is wanted besides. */
function together(attribute: TargetAttribute, known: Json | undefined, wanted: Json): Json {
  if (!isArray(known) || !isArray(wanted)) return wanted;
  const missing = wanted.filter((value) => !known.some((other) => sameValue(attribute, value, other)));
  return [...known, ...missing];
}

function* wantedOf(
  attributes: Attributes,
  references: ReadonlyMap<string, Json | undefined>,
): Iterable<readonly [string, Json]> {
  yield* attributes;
  for (const [path, id] of references) if (id !== undefined) yield [path, id];
}

function isThere(path: string, wanted: Json, link: Pick<Link, 'sent' | 'echoed'>, options: DiffOptions): boolean {
  const attribute = options.targetAttribute(path);
  const holds = (known: Json | undefined) => known !== undefined && sameValue(attribute, wanted, known);
  return holds(link.echoed.get(path)) || (options.base === 'sent' && holds(link.sent.get(path)));
}
