import type { JsonObject } from '@rollcall/scim';
import type { TargetPath } from '../mapping/target-path.ts';
import type { AttributeChange, Attributes } from '../target.ts';
import { formatPath, holderOf, literal, readPath, typed, withValue } from './scim-path.ts';

interface Change extends AttributeChange {
  readonly parsed: TargetPath;
}

/**
 * Operations for changes as RFC 7644 §3.5.2 has them: one for each attribute, `remove` to clear. An element that is
 * not known to be there is added as a whole, because `replace` of it is an error (`noTarget`, §3.5.2.3). `whole` is all
 * that the object should hold: it tells what else of an element exists, or that nothing of it is left.
 */
export function patchRfc(changes: readonly AttributeChange[], whole: Attributes): readonly JsonObject[] {
  const parsed = changes.map((change) => ({ ...change, parsed: readPath(change.path) }));
  const changed = new Set(parsed.map((change) => formatPath(change.parsed)));
  const kept = new Set(
    [...whole.keys()]
      .map(readPath)
      .filter((path) => path.terms !== undefined && !changed.has(formatPath(path)))
      .map((path) => formatPath(holderOf(path))),
  );
  const groups = Map.groupBy(parsed, (change) =>
    formatPath(change.parsed.terms === undefined ? change.parsed : holderOf(change.parsed)),
  );
  return [...groups].flatMap(([path, group]) =>
    group[0]?.parsed.terms === undefined
      ? group.flatMap(simpleOperation)
      : elementOperations(path, group, kept.has(path)),
  );
}

/** The operation that adds ids to a group, or those that take them away: one for each. */
export function memberOperationsRfc(verb: 'add' | 'remove', ids: readonly string[]): readonly JsonObject[] {
  if (verb === 'add') return [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }];
  return ids.map((id) => ({ op: 'remove', path: `members[value eq ${literal(id)}]` }));
}

function simpleOperation({ parsed, from, to }: Change): readonly JsonObject[] {
  const path = formatPath(parsed);
  if (to === undefined) return from === undefined ? [] : [{ op: 'remove', path }];
  return [{ op: from === undefined ? 'add' : 'replace', path, value: typed(parsed, to) }];
}

/** Operations for what changes of one element of a list; `isKept`: something of it is there and stays. */
function elementOperations(path: string, group: readonly Change[], isKept: boolean): readonly JsonObject[] {
  const [first] = group;
  if (first === undefined) return [];
  const exists = isKept || group.some(({ from }) => from !== undefined);
  if (!isKept && group.every(({ to }) => to === undefined)) return exists ? [{ op: 'remove', path }] : [];
  if (exists) return group.flatMap(simpleOperation);
  const { attribute } = first.parsed;
  const made = group.reduce<JsonObject>(
    (document, { parsed, to }) => withValue(document, { ...parsed, attribute, extension: undefined }, to),
    {},
  );
  const list = formatPath({ ...first.parsed, terms: undefined, sub: undefined });
  return [{ op: 'add', path: list, value: made[attribute] ?? [] }];
}
