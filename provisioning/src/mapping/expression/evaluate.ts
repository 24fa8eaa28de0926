import type { CallExpression, Expression } from './ast.ts';
import type { Call, EvaluationEnvironment, Mark } from './call.ts';
import { compare } from './compare.ts';
import { ExpressionError } from './error.ts';
import { FUNCTION_BY_NAME } from './functions.ts';
import { MAX_TEXT } from './max-text.ts';
import { type ExpressionValue, isEmpty, isList, numberOf, textOf } from './value.ts';

export interface ExpressionResult {
  readonly value: ExpressionValue;
  /** The value must not be shown in logs (`Redact`). */
  readonly redacted: boolean;
  /** The value is empty and `IgnoreFlowIfNullOrEmpty` drops the attribute from what is sent. */
  readonly ignoreIfEmpty: boolean;
  /** The list takes the place of all values of the target (`AssertiveAppRoleAssignmentsComplex`). */
  readonly replacesAll: boolean;
}

interface State {
  readonly environment: EvaluationEnvironment;
  readonly marks: Set<Mark>;
}

/**
 * The value of an expression for one object. Functions of an absent attribute give null or the empty string; a
 * comparison with an absent value is false.
 *
 * @throws ExpressionError at the call that has no result, such as one given a text that is no date.
 */
export function evaluate(expression: Expression, environment: EvaluationEnvironment): ExpressionResult {
  const state: State = { environment, marks: new Set() };
  const value = resolved(expression, state);
  return {
    value,
    redacted: state.marks.has('redacted'),
    ignoreIfEmpty: state.marks.has('ignoredIfEmpty') && isEmpty(value),
    replacesAll: state.marks.has('replacesAll'),
  };
}

function resolved(expression: Expression, state: State): ExpressionValue {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'attribute':
      return state.environment.attribute(expression.name);
    case 'comparison': {
      const { operator, position } = expression;
      const left = singleOf(expression.left, state, position);
      const right = singleOf(expression.right, state, position);
      return left !== null && right !== null && compare(left, operator, right);
    }
    case 'call':
      return resultOf(expression, state);
  }
}

function singleOf(expression: Expression, state: State, position: number): string | number | boolean | null {
  const value = resolved(expression, state);
  return isList(value) ? single(value, expression, position) : value;
}

function single(value: ExpressionValue, expression: Expression, position: number): string | null {
  const text = textOf(value);
  if (text !== undefined) return text;
  const what = expression.kind === 'attribute' ? `[${expression.name}]` : 'This';
  const advice = 'Choose one with Item([…], 1), or join them with Join(", ", […])';
  throw new ExpressionError(`${what} has several values, where one is needed. ${advice}.`, position);
}

function resultOf(expression: CallExpression, state: State): ExpressionValue {
  const { name, position } = expression;
  const known = FUNCTION_BY_NAME.get(name);
  if (known === undefined) throw new ExpressionError(`There is no function ${name.slice(0, 50)}.`, position);
  const value = known.evaluate(callOf(expression, state));
  if (typeof value === 'string' && value.length > MAX_TEXT) {
    throw new ExpressionError(`${name} gives more than ${MAX_TEXT} characters.`, position);
  }
  return value;
}

function callOf({ name, arguments: given, position }: CallExpression, state: State): Call {
  const failure = (message: string): ExpressionError => new ExpressionError(message, position);
  const value = (index: number): ExpressionValue => {
    const argument = given[index];
    return argument === undefined ? null : resolved(argument, state);
  };
  const text = (index: number): string | null => {
    const argument = given[index];
    return argument === undefined ? null : single(resolved(argument, state), argument, position);
  };
  const whole = (index: number): number => {
    const number = numberOf(text(index) ?? '');
    if (number !== undefined && Number.isSafeInteger(number)) return number;
    throw failure(`Argument ${index + 1} of ${name} must be a whole number.`);
  };
  const mark = (mark: Mark): void => {
    state.marks.add(mark);
  };
  const has = (index: number): boolean => given[index] !== undefined;
  return { environment: state.environment, position, count: given.length, has, value, text, whole, mark, failure };
}
