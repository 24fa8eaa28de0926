import type { ExpressionFunction, FunctionDescription } from './function.ts';
import { conversionFunctions } from './functions/conversion.ts';
import { dateFunctions } from './functions/dates.ts';
import { flowFunctions } from './functions/flow.ts';
import { listFunctions } from './functions/lists.ts';
import { logicFunctions } from './functions/logic.ts';
import { randomFunctions } from './functions/random.ts';
import { replaceFunctions } from './functions/replace.ts';
import { roleFunctions } from './functions/roles.ts';
import { textFunctions } from './functions/text.ts';

const ALL: readonly ExpressionFunction[] = [
  ...textFunctions,
  ...replaceFunctions,
  ...dateFunctions,
  ...logicFunctions,
  ...listFunctions,
  ...conversionFunctions,
  ...randomFunctions,
  ...flowFunctions,
  ...roleFunctions,
].sort((a, b) => (a.name < b.name ? -1 : 1));

export const FUNCTION_BY_NAME: ReadonlyMap<string, ExpressionFunction> = new Map(
  ALL.map((known) => [known.name, known]),
);

/** All functions, by name: what an editor offers and the documentation lists. Plain data. */
export const FUNCTIONS: readonly FunctionDescription[] = ALL.map(
  ({ name, group, parameters, summary, example, result, entra }) => ({
    name,
    group,
    parameters,
    summary,
    example,
    result,
    entra,
  }),
);
