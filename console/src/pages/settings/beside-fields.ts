import type { ApiProblem } from '../../api/problem.ts';

/** What a form says below its fields: nothing, when the problem stands beside the field that it is about. */
export const besideFields = (problem: ApiProblem | undefined, fields: readonly string[]): ApiProblem | undefined =>
  fields.some((field) => problem?.of(field) !== undefined) ? undefined : problem;
