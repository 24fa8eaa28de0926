import { invalidFilter } from '../error.ts';
import type { Rules } from '../rules.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import type { BoundFilter, Filter } from './ast.ts';
import { comparedKey, comparedPath } from './comparison.ts';
import { matches } from './evaluate.ts';
import { FALSE, joined, negated, TRUE } from './logic.ts';
import { isNeverReturned } from './reference.ts';
import { elementScope, resourceScope, type Scope, singularScope } from './scope.ts';
import { shown } from './shown.ts';

/** What becomes of a name that is not found: it is refused, or it is an attribute without value. */
type Unknown = 'refuse' | 'absent';

interface Binding {
  readonly scope: Scope;
  readonly unknown: Unknown;
  readonly rules: Rules;
}

/**
 * Looks the names of a filter up in a resource type, checks operators against types and turns values into comparison
 * keys (RFC 7644 §3.4.2.2). `unknown: 'absent'` is for a query over several resource types, where a type that lacks an
 * attribute has no value for it (§3.4.2.1). Tolerant rules also find an extension's attribute by its bare name and read
 * "True" as a boolean, which leaves notes.
 *
 * @throws invalidFilter that names the attribute and its position: unknown, never returned, not comparable so, or
 * compared with a value of another type.
 */
export function bindFilter(filter: Filter, type: ResourceType, rules: Rules, unknown: Unknown = 'refuse'): BoundFilter {
  return bind(filter, { scope: resourceScope(type, rules), unknown, rules });
}

/**
 * Binds the filter between the brackets of `parent[...]`: its names are sub-attributes of `parent`, or `value` where
 * `parent` is simple, and its references are relative to one element, as `matchesElement` takes them.
 *
 * @throws invalidFilter as `bindFilter`.
 */
export function bindElementFilter(filter: Filter, parent: AttributeReference, rules: Rules): BoundFilter {
  return bind(filter, { scope: elementScope(parent), unknown: 'refuse', rules });
}

function bind(filter: Filter, binding: Binding): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.kind,
        filter.filters.map((part) => bind(part, binding)),
      );
    case 'not':
      return negated(bind(filter.filter, binding));
    case 'present': {
      const path = findPath(filter, binding);
      return path === undefined ? FALSE : decided({ kind: 'present', path }, binding);
    }
    case 'compare':
      return bindComparison(filter, binding);
    case 'element':
      return bindElement(filter, binding);
  }
}

function bindComparison(filter: Comparison, binding: Binding): BoundFilter {
  const { operator, value, position } = filter;
  if (value === null && operator !== 'eq' && operator !== 'ne') {
    throw invalidFilter(`"${shown(filter.path)}" at position ${position} can be compared with null by eq and ne only.`);
  }
  const found = findPath(filter, binding);
  if (found === undefined) return operator === (value === null ? 'eq' : 'ne') ? TRUE : FALSE;
  if (value === null) return decided({ kind: 'compare', path: found, operator, key: null }, binding);
  const path = comparedPath(found, filter);
  return decided({ kind: 'compare', path, operator, key: comparedKey(path, filter, value, binding.rules) }, binding);
}

function bindElement(filter: Extract<Filter, { kind: 'element' }>, binding: Binding): BoundFilter {
  const path = findPath(filter, binding);
  if (path === undefined) return FALSE;
  const { attribute, sub } = path;
  if (sub !== undefined || (!attribute.multiValued && attribute.type !== 'complex')) {
    throw invalidFilter(`"${shown(filter.path)}" at position ${filter.position} is not multi-valued and takes no [ ].`);
  }
  if (attribute.multiValued) {
    const inner = bind(filter.filter, { ...binding, scope: elementScope(path) });
    return inner === FALSE ? FALSE : { kind: 'element', path, filter: inner };
  }
  return joined('and', [{ kind: 'present', path }, bind(filter.filter, { ...binding, scope: singularScope(path) })]);
}

type Named = Extract<Filter, { path: string }>;

function findPath({ path, position }: Named, { scope, unknown }: Binding): AttributeReference | undefined {
  const found = scope.resolve(path);
  if (found !== undefined && isNeverReturned(found)) {
    throw invalidFilter(`"${shown(path)}" at position ${position} is never returned and cannot be used in a filter.`);
  }
  if (found === undefined && unknown === 'refuse') {
    const meant = scope.type && resolveAttribute(scope.type, path, { guessExtension: true });
    const advice = meant === undefined ? '' : `; write ${meant.text}`;
    throw invalidFilter(`"${shown(path)}" at position ${position} is not an attribute of ${scope.owner}${advice}.`);
  }
  return found;
}

/** `meta.resourceType` is known without looking at a resource: a query over all types skips those it does not mean. */
function decided(expression: Expression, { scope: { type } }: Binding): BoundFilter {
  if (type === undefined || expression.path.text !== 'meta.resourceType') return expression;
  return matches(expression, { meta: { resourceType: type.name } }) ? TRUE : FALSE;
}

type Comparison = Extract<Filter, { kind: 'compare' }>;
type Expression = Extract<BoundFilter, { kind: 'present' | 'compare' }>;
