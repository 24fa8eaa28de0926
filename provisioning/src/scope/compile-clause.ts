import type { AttributeType } from '@rollcall/scim';
import { compileRegularExpression, ExpressionError, type ExpressionValue } from '../mapping/expression/index.ts';
import type { ScopingClause } from '../mapping/model.ts';
import type { ScopingOperator } from '../mapping/scoping-operator.ts';
import type { SourceAttribute } from '../mapping/source-attribute.ts';

export type ClauseTest = (value: ExpressionValue) => boolean;
/** Told what is wrong, and with which part of the clause. */
export type ClauseReport = (part: 'attribute' | 'operator' | 'value', message: string) => void;

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

/** Whether the operator's value is a regular expression. */
export const isPattern = (operator: ScopingOperator): boolean => OPERATORS[operator].operand === 'pattern';

/**
 * Compiles one clause into a test of the attribute's value; undefined, and a report, when operator, value and attribute
 * do not go together. `attribute` is undefined when it is not known.
 */
export function compileClause(
  { attribute: name, operator, value }: ScopingClause,
  attribute: SourceAttribute | undefined,
  report: ClauseReport,
): ClauseTest | undefined {
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

function unaryTest(operator: ScopingOperator): ClauseTest {
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

function textTest(operator: ScopingOperator, wanted: string): ClauseTest {
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

function integerTest(operator: ScopingOperator, wanted: bigint): ClauseTest {
  const onInteger = (holds: (number: bigint) => boolean): ClauseTest =>
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

function patternTest(operator: ScopingOperator, pattern: string, report: ClauseReport): ClauseTest | undefined {
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
function onText(holds: (text: string) => boolean): ClauseTest {
  return (value) => !isNull(value) && typeof value !== 'object' && holds(String(value));
}

function isNull(value: ExpressionValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function integer(text: string): bigint | undefined {
  return /^-?\d{1,50}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}
