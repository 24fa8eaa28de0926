import type { CallExpression } from './ast.ts';
import type { Call } from './call.ts';
import type { ExpressionValue } from './value.ts';

export interface FunctionParameter {
  readonly name: string;
  readonly optional: boolean;
  /** May be repeated; several variadic parameters at the end repeat together. */
  readonly variadic: boolean;
}

export type FunctionGroup = 'text' | 'dates' | 'logic' | 'lists' | 'conversion' | 'random' | 'flow' | 'roles';

/** What an editor and the documentation say of a function. */
export interface FunctionDescription {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly parameters: readonly FunctionParameter[];
  /** One sentence. */
  readonly summary: string;
  readonly example: string;
  /** What the example gives for the example's user; a list as JSON. */
  readonly result: string;
  /** Whether Microsoft Entra has it too. */
  readonly entra: boolean;
}

export interface ExpressionFunction extends FunctionDescription {
  /** Whether it may only be the outermost function. */
  readonly topLevel?: boolean;
  /** Checks beyond the number of arguments, made when the expression is parsed. Throws ExpressionError. */
  check?(call: CallExpression): void;
  evaluate(call: Call): ExpressionValue;
}

/** Reads a list of parameters: `name`, `name?` for an optional one, `name…` for one that may be repeated. */
export function parameters(...written: readonly string[]): readonly FunctionParameter[] {
  return written.map((name) => ({
    name: name.replace(/[?…]$/, ''),
    optional: name.endsWith('?'),
    variadic: name.endsWith('…'),
  }));
}
