import type { AttributeType } from '@rollcall/scim';
import { compileRegularExpression, ExpressionError, type ExpressionValue } from '../mapping/expression/index.ts';
import type { MappingProblem, ScopingClause, ScopingFilter, ScopingOperator } from '../mapping/model.ts';
import { type SourceAttribute, SourceAttributeUnknown } from '../mapping/source-attribute.ts';
import type { SourceObject } from '../source.ts';

/** A scoping filter, ready to be evaluated: it passes when all clauses do. */
export interface CompiledFilter {
  readonly name: string;
  passes(object: SourceObject): boolean;
}

type Test = (value: ExpressionValue) => boolean;
type Find = (name: string) => SourceAttribute;

/** What an operator compares with, and the types of attributes that it takes. */
interface Operator {
  readonly operand: 'none' | 'text' | 'integer' | 'pattern';
  readonly types: readonly AttributeType[] | 'any';
}

const TEXTS: readonly AttributeType[] = ['string', 'integer', 'reference'];
const NUMBERS: readonly AttributeType[] = ['integer', 'decimal', 'string'];

// A directory keeps many numbers as text (employeeNumber): they are compared as numbers where they are some.
const OPERATORS: Readonly<Record<ScopingOperator, Operator>> = {
  EQUALS: { operand: 'text', types: TEXTS },
  'NOT EQUALS': { operand: 'text', types: TEXTS },
  'IS TRUE': { operand: 'none', types: ['boolean'] },
  'IS FALSE': { operand: 'none', types: ['boolean'] },
  'IS NULL': { operand: 'none', types: 'any' },
  'IS NOT NULL': { operand: 'none', types: 'any' },
  'REGEX MATCH': { operand: 'pattern', types: TEXTS },
  'NOT REGEX MATCH': { operand: 'pattern', types: TEXTS },
  GREATER_THAN: { operand: 'integer', types: NUMBERS },
  GREATER_THAN_OR_EQUALS: { operand: 'integer', types: NUMBERS },
  INCLUDES: { operand: 'text', types: ['string', 'reference'] },
  ENDS_WITH: { operand: 'text', types: ['string', 'reference'] },
  '&': { operand: 'integer', types: NUMBERS },
  '!&': { operand: 'integer', types: NUMBERS },
};

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
  return {
    filters: compiled,
    usesRegularExpressions: operators.some((operator) => OPERATORS[operator].operand === 'pattern'),
  };
}

function compileFilter(
  { name, clauses }: ScopingFilter,
  field: string,
  problems: MappingProblem[],
  find: Find,
): CompiledFilter {
  if (name.trim() === '')
    problems.push({
      field: `${field}.name`,
      message: 'Give the filter a name: the log says by it why somebody is in scope.',
    });
  if (clauses.length === 0)
    problems.push({
      field: `${field}.clauses`,
      message: 'A filter without clauses lets everybody pass; remove it or add one.',
    });
  const tests = clauses.flatMap((clause, index) => {
    const where = `${field}.clauses[${index}]`;
    const report = (part: string, message: string) => problems.push({ field: `${where}.${part}`, message });
    const attribute = findAttribute(clause, find, report);
    const test = compileTest(clause, attribute, report);
    if (attribute === undefined || test === undefined) return [];
    return [(object: SourceObject) => test(attribute.read(object, false))];
  });
  return { name, passes: (object) => tests.every((test) => test(object)) };
}

type Report = (part: string, message: string) => void;

function findAttribute({ attribute }: ScopingClause, find: Find, report: Report): SourceAttribute | undefined {
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

function compileTest(
  { attribute: name, operator, value }: ScopingClause,
  attribute: SourceAttribute | undefined,
  report: Report,
): Test | undefined {
  const { operand, types } = OPERATORS[operator];
  if (attribute !== undefined && types !== 'any' && !types.includes(attribute.type)) {
    const advice = attribute.type === 'boolean' ? 'use IS TRUE or IS FALSE' : `it takes ${types.join(' or ')}`;
    report('operator', `${operator} does not take ${name}, which is of type ${attribute.type}: ${advice}.`);
    return undefined;
  }
  if (operand === 'none') {
    if (value !== undefined && value !== '') report('value', `${operator} takes no value.`);
    return unaryTest(operator);
  }
  if (value === undefined || value === '') {
    report('value', `${operator} needs a value; for an attribute without one there is IS NULL.`);
    return undefined;
  }
  switch (operand) {
    case 'text':
      return textTest(operator, value);
    case 'integer':
      if (integer(value) === undefined) report('value', `${operator} takes a whole number.`);
      return integerTest(operator, integer(value) ?? 0n);
    case 'pattern':
      return patternTest(operator, value, report);
  }
}

function unaryTest(operator: ScopingOperator): Test {
  switch (operator) {
    case 'IS TRUE':
      return (value) => value === true;
    case 'IS FALSE':
      return (value) => value === false;
    case 'IS NULL':
      return isNull;
    default:
      return (value) => !isNull(value);
  }
}

function textTest(operator: ScopingOperator, wanted: string): Test {
  switch (operator) {
    case 'EQUALS':
      return onText((text) => text === wanted);
    case 'NOT EQUALS':
      return onText((text) => text !== wanted);
    case 'INCLUDES':
      return onText((text) => text.includes(wanted));
    default:
      return onText((text) => text.endsWith(wanted));
  }
}

function integerTest(operator: ScopingOperator, wanted: bigint): Test {
  const onInteger = (holds: (number: bigint) => boolean): Test =>
    onText((text) => {
      const number = integer(text);
      return number !== undefined && holds(number);
    });
  switch (operator) {
    case 'GREATER_THAN':
      return onInteger((number) => number > wanted);
    case 'GREATER_THAN_OR_EQUALS':
      return onInteger((number) => number >= wanted);
    case '&':
      return onInteger((number) => (number & wanted) !== 0n);
    default:
      return onInteger((number) => (number & wanted) === 0n);
  }
}

function patternTest(operator: ScopingOperator, pattern: string, report: Report): Test | undefined {
  try {
    const { expression } = compileRegularExpression(pattern);
    const positive = operator === 'REGEX MATCH';
    return onText((text) => (text.search(expression) !== -1) === positive);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report('value', error.message);
    return undefined;
  }
}

/** A comparison: false of no value, and of several, which value paths can give. */
function onText(holds: (text: string) => boolean): Test {
  return (value) => !isNull(value) && typeof value !== 'object' && holds(String(value));
}

function isNull(value: ExpressionValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function integer(text: string): bigint | undefined {
  return /^-?\d{1,50}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}
