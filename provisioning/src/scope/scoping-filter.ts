import type { MappingProblem, ScopingClause, ScopingFilter } from '../mapping/model.ts';
import { type SourceAttribute, SourceAttributeUnknown } from '../mapping/source-attribute.ts';
import type { SourceObject } from '../source.ts';
import { type ClauseReport, compileClause, isPattern } from './compile-clause.ts';

/** A scoping filter, ready to be evaluated: it passes when all clauses do. */
export interface CompiledFilter {
  readonly name: string;
  passes(object: SourceObject): boolean;
}

type Find = (name: string) => SourceAttribute;

/**
 * Compiles scoping filters. As Microsoft documents them: clauses are joined by AND, comparisons regard case, and a
 * comparison with an attribute without value is false, of NOT EQUALS and NOT REGEX MATCH too. A regular expression may
 * match anywhere in the value. What is wrong goes to `problems`.
 */
export function compileFilters(
  filters: readonly ScopingFilter[],
  field: string,
  problems: MappingProblem[],
  find: Find,
): { readonly filters: readonly CompiledFilter[]; readonly usesRegularExpressions: boolean } {
  const compiled = filters.map((filter, index) => compileFilter(filter, `${field}[${index}]`, problems, find));
  const operators = filters.flatMap(({ clauses }) => clauses.map(({ operator }) => operator));
  return { filters: compiled, usesRegularExpressions: operators.some(isPattern) };
}

function compileFilter(
  { name, clauses }: ScopingFilter,
  field: string,
  problems: MappingProblem[],
  find: Find,
): CompiledFilter {
  if (name.trim() === '') {
    const message = 'Give the filter a name: the log says by it why somebody is in scope.';
    problems.push({ field: `${field}.name`, message });
  }
  if (clauses.length === 0) {
    const message = 'A filter without clauses lets everybody pass; remove it or add one.';
    problems.push({ field: `${field}.clauses`, message });
  }
  const tests = clauses.flatMap((clause, index) => {
    const where = `${field}.clauses[${index}]`;
    const report: ClauseReport = (part, message) => problems.push({ field: `${where}.${part}`, message });
    const attribute = findAttribute(clause, find, report);
    const test = compileClause(clause, attribute, report);
    if (attribute === undefined || test === undefined) return [];
    return [(object: SourceObject) => test(attribute.read(object, false))];
  });
  return { name, passes: (object) => tests.every((test) => test(object)) };
}

function findAttribute({ attribute }: ScopingClause, find: Find, report: ClauseReport): SourceAttribute | undefined {
  try {
    const found = find(attribute);
    const why = refused(found);
    if (why === undefined) return found;
    report('attribute', `${attribute} cannot be used in a filter: ${why}.`);
  } catch (error) {
    if (!(error instanceof SourceAttributeUnknown)) throw error;
    report('attribute', error.message);
  }
  return undefined;
}

function refused({ multiValued, ofScope, ofObject, type }: SourceAttribute): string | undefined {
  if (ofScope) return 'it is computed from the scope';
  if (multiValued) return 'it has several values';
  if (ofObject) return 'it refers to another object';
  if (type === 'dateTime') return 'dates are not supported';
  return undefined;
}
