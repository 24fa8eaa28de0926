/** What `GET /expression-functions` answers. */
export interface ExpressionFunctions {
  readonly functions: readonly ExpressionFunction[];
}

export interface ExpressionFunction {
  readonly name: string;
  readonly group: string;
  readonly parameters: readonly Parameter[];
  readonly summary: string;
  readonly example: string;
  readonly result: string;
  /** Whether Microsoft Entra has it too. */
  readonly entra: boolean;
}

interface Parameter {
  readonly name: string;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

/** A parameter as documentation writes it: `[start]`, `source…`. */
export const parameterText = ({ name, optional = false, variadic = false }: Parameter): string =>
  `${optional ? `[${name}]` : name}${variadic ? '…' : ''}`;

/** Which parameter an argument is for; those that repeat go on and on. */
export function parameterOf(parameters: readonly Parameter[], argument: number): number {
  if (argument < parameters.length) return argument;
  const repeated = parameters.filter(({ variadic }) => variadic === true).length;
  if (repeated === 0) return -1;
  const first = parameters.length - repeated;
  return first + ((argument - first) % repeated);
}
