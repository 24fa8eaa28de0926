import type { CallExpression } from './ast.ts';
import { ExpressionError } from './error.ts';
import type { ExpressionFunction, FunctionParameter } from './function.ts';
import { FUNCTION_BY_NAME } from './functions.ts';
import { nearestName } from './nearest-name.ts';

/**
 * Checks that the function exists, that it may stand at this depth (1 is outermost) and takes these arguments.
 *
 * @throws ExpressionError with the right spelling or the parameters of the function.
 */
export function checkCall(call: CallExpression, depth: number): void {
  const { name, position } = call;
  const known = FUNCTION_BY_NAME.get(name);
  if (known === undefined) throw new ExpressionError(unknownFunction(name), position);
  if (known.topLevel && depth > 1) {
    throw new ExpressionError(`${name} must be the outermost function of the expression.`, position);
  }
  checkArguments(call, known);
  known.check?.(call);
}

function unknownFunction(name: string): string {
  const nearest = nearestName(name, FUNCTION_BY_NAME.keys());
  const shown = name.slice(0, 50);
  if (nearest === undefined) return `There is no function ${shown}.`;
  if (nearest.toLowerCase() !== name.toLowerCase()) return `There is no function ${shown}; did you mean ${nearest}?`;
  return `Function names are case-sensitive: write ${nearest} instead of ${shown}.`;
}

function checkArguments({ arguments: given, position, name }: CallExpression, known: ExpressionFunction): void {
  const { parameters } = known;
  const least = parameters.findLastIndex(({ optional }) => !optional) + 1;
  const most = parameters.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : parameters.length;
  if (given.length < least || given.length > most) {
    const count = given.length === 1 ? '1 argument' : `${given.length} arguments`;
    throw new ExpressionError(`${name} was given ${count}; it is written ${signature(known)}.`, position);
  }
  const absent = given.findIndex((argument, index) => {
    const parameter = parameters[index] ?? parameters.at(-1);
    return argument === undefined && parameter?.optional !== true;
  });
  if (absent === -1) return;
  const parameter = parameters[absent] ?? parameters.at(-1);
  throw new ExpressionError(
    `${parameter?.name ?? 'An argument'} of ${name} may not be left out: ${signature(known)}.`,
    position,
  );
}

function signature({ name, parameters }: ExpressionFunction): string {
  return `${name}(${parameters.map(shownParameter).join(', ')})`;
}

function shownParameter({ name, optional, variadic }: FunctionParameter): string {
  if (optional) return `${name}?`;
  return variadic ? `${name}, …` : name;
}
