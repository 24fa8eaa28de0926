import { type ApiProblem, asProblem } from '../api/problem.ts';
import { useText } from './use-text.ts';

/** An error as a problem that says in the person's language what can be said in it; undefined when there is none. */
export function useProblem(error: unknown): ApiProblem | undefined {
  const { say } = useText().fromServer;
  return error === null || error === undefined ? undefined : asProblem(error).said(say);
}
