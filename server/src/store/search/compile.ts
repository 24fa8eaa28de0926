import type { BoundFilter, ResourceType } from '@rollcall/scim';
import { type Expression, type SqlBool, sql } from 'kysely';
import { isInGroupCondition, isMemberCondition } from './membership-condition.ts';
import { indexedPath } from './path.ts';
import { booleanCondition, idCondition, indexCondition, type Term, timeCondition } from './term.ts';

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
  readonly server: number;
  readonly type: ResourceType;
  effort: number;
}

interface Part {
  readonly condition: Expression<SqlBool>;
  /** False when it also selects resources that do not satisfy the filter. */
  readonly isExact: boolean;
}

/** Plans a filter for one resource type of an identity server. Pure; every value is a bound parameter. */
export function compileFilter(filter: BoundFilter, type: ResourceType, server: number): Plan {
  const context: Context = { server, type, effort: EFFORT };
  const terms = filter.kind === 'and' ? filter.filters : [filter];
  const parts = terms.map((term) => compile(term, context));
  const residual = terms.filter((_, index) => parts[index]?.isExact !== true);
  return {
    condition: all(parts)?.condition,
    residual: residual.length === 0 ? undefined : { kind: 'and', filters: residual },
  };
}

function compile(filter: BoundFilter, context: Context): Part | undefined {
  switch (filter.kind) {
    case 'constant':
      return exact(filter.value ? sql<SqlBool>`1` : sql<SqlBool>`0`);
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
function compileElement(filter: BoundFilter, parent: string, context: Context): Part | undefined {
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
function compileTerm(term: Term, text: string, context: Context): Part | undefined {
  const { server, type } = context;
  const isLookup = term.kind === 'compare' && term.operator === 'eq' && typeof term.key !== 'boolean';
  const effort = isLookup ? EFFORT_OF_LOOKUP : EFFORT_OF_PASS;
  if (context.effort < effort) return undefined;
  const condition = conditionOf(term, text, type, server);
  if (condition === undefined) return undefined;
  context.effort -= effort;
  return exact(condition);
}

function conditionOf(term: Term, text: string, type: ResourceType, server: number): Expression<SqlBool> | undefined {
  if (text === 'id') return idCondition(term);
  if (text === 'meta.created') return timeCondition(server, type.name, 'created', term);
  if (text === 'meta.lastModified') return timeCondition(server, type.name, 'modified', term);
  if (text === 'members.value' && type.hasMembers) return isMemberCondition(server, term);
  if (text === 'groups.value' && type.hasGroups) return isInGroupCondition(server, term);
  const path = indexedPath(type, text);
  if (path !== undefined) return indexCondition(server, type.name, path, term);
  return text === term.path.text ? booleanCondition(term.path, term) : undefined;
}

const exact = (condition: Expression<SqlBool>): Part => ({ condition, isExact: true });

function all(parts: readonly (Part | undefined)[]): Part | undefined {
  const known = parts.filter((part) => part !== undefined);
  const [first] = known;
  if (first === undefined || (known.length === 1 && parts.length === 1)) return first;
  const isExact = known.length === parts.length && known.every((part) => part.isExact);
  return { condition: joined(known, sql` AND `), isExact };
}

function any(parts: readonly (Part | undefined)[]): Part | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return { condition: joined(known, sql` OR `), isExact: known.every((part) => part.isExact) };
}

function joined(parts: readonly Part[], separator: ReturnType<typeof sql>): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(
    parts.map(({ condition }) => sql`(${condition})`),
    separator,
  )})`;
}
