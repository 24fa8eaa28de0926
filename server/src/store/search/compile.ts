import type { BoundFilter, ResourceType } from '@rollcall/scim';
import { type Expression, type SqlBool, sql } from 'kysely';
import { isInGroupCondition, isMemberCondition } from './membership-condition.ts';
import { indexedPath } from './path.ts';
import { type Condition, type Spelling, SQLITE } from './spelling.ts';
import { booleanCondition, FALSE, idCondition, indexCondition, type Term, TRUE, timeCondition } from './term.ts';

/** How SQL narrows down what satisfies a filter. */
export interface Plan {
  /** A condition on rows of `resource` that every match meets; undefined when no index says anything of the filter. */
  readonly condition: Expression<SqlBool> | undefined;
  /** What must still be asked of each row that meets it; undefined when it selects exactly the matches. */
  readonly residual: BoundFilter | undefined;
}

/**
 * A statement of SQLite cannot be interrupted between two rows, so the work of one is bounded: a pass over a million
 * index values takes about 0.2 s. What goes beyond is left to evaluation, which looks at the clock.
 */
const EFFORT = 50;
const EFFORT_OF_PASS = 12;
const EFFORT_OF_LOOKUP = 1;

interface Context {
  readonly spelling: Spelling;
  readonly server: number;
  readonly type: ResourceType;
  effort: number;
}

/** Plans a filter for one resource type of an identity server. Pure; every value is a bound parameter. */
export function compileFilter(
  filter: BoundFilter,
  type: ResourceType,
  server: number,
  spelling: Spelling = SQLITE,
): Plan {
  const context: Context = { spelling, server, type, effort: EFFORT };
  const terms = filter.kind === 'and' ? filter.filters : [filter];
  const parts = terms.map((term) => compile(term, context));
  const residual = terms.filter((_, index) => parts[index]?.isExact !== true);
  return {
    condition: all(parts)?.condition,
    residual: residual.length === 0 ? undefined : { kind: 'and', filters: residual },
  };
}

function compile(filter: BoundFilter, context: Context): Condition | undefined {
  switch (filter.kind) {
    case 'constant':
      return exact(filter.value ? TRUE : FALSE);
    case 'and':
      return all(filter.filters.map((part) => compile(part, context)));
    case 'or':
      return any(filter.filters.map((part) => compile(part, context)));
    case 'not': {
      const part = compile(filter.filter, context);
      return part?.isExact ? exact(sql<SqlBool>`NOT (${part.condition})`) : undefined;
    }
    case 'element':
      return compileElement(filter.filter, filter.path.text, context);
    case 'present':
    case 'compare':
      return compileTerm(filter, filter.path.text, context);
  }
}

/**
 * What is known of the resource when one element of `parent` satisfies `filter`: each part of an `and` is true of some
 * element, but perhaps not of the same.
 */
function compileElement(filter: BoundFilter, parent: string, context: Context): Condition | undefined {
  switch (filter.kind) {
    case 'and': {
      const part = all(filter.filters.map((inner) => compileElement(inner, parent, context)));
      return part && { ...part, isExact: false };
    }
    case 'or':
      return any(filter.filters.map((inner) => compileElement(inner, parent, context)));
    case 'present':
    case 'compare':
      return compileTerm(filter, `${parent}.${filter.path.text}`, context);
    case 'constant':
    case 'element':
    case 'not':
      return undefined;
  }
}

/** `text` is the canonical name of what the term is about, also where it stood inside brackets. */
function compileTerm(term: Term, text: string, context: Context): Condition | undefined {
  const isLookup = term.kind === 'compare' && term.operator === 'eq' && typeof term.key !== 'boolean';
  const effort = isLookup ? EFFORT_OF_LOOKUP : EFFORT_OF_PASS;
  if (context.effort < effort) return undefined;
  const part = conditionOf(term, text, context);
  if (part !== undefined) context.effort -= effort;
  return part;
}

function conditionOf(term: Term, text: string, { spelling, type, server }: Context): Condition | undefined {
  const path = indexedPath(type, text);
  if (path !== undefined) return indexCondition(spelling, server, type.name, path, term);
  const condition = rowCondition(term, text, type, server, spelling);
  return condition && exact(condition);
}

function rowCondition(term: Term, text: string, type: ResourceType, server: number, spelling: Spelling) {
  if (text === 'id') return idCondition(spelling, term);
  if (text === 'meta.created') return timeCondition(spelling, server, type.name, 'created', term);
  if (text === 'meta.lastModified') return timeCondition(spelling, server, type.name, 'modified', term);
  if (text === 'members.value' && type.hasMembers) return isMemberCondition(server, term);
  if (text === 'groups.value' && type.hasGroups) return isInGroupCondition(server, term);
  return text === term.path.text ? booleanCondition(spelling, term.path, term) : undefined;
}

const exact = (condition: Expression<SqlBool>): Condition => ({ condition, isExact: true });

function all(parts: readonly (Condition | undefined)[]): Condition | undefined {
  const known = parts.filter((part) => part !== undefined);
  const [first] = known;
  if (first === undefined || (known.length === 1 && parts.length === 1)) return first;
  const isExact = known.length === parts.length && known.every((part) => part.isExact);
  return { condition: joined(known, sql` AND `), isExact };
}

function any(parts: readonly (Condition | undefined)[]): Condition | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return { condition: joined(known, sql` OR `), isExact: known.every((part) => part.isExact) };
}

function joined(parts: readonly Condition[], separator: ReturnType<typeof sql>): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(
    parts.map(({ condition }) => sql`(${condition})`),
    separator,
  )})`;
}
