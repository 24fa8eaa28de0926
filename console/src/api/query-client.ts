import { QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem.ts';

const RETRIES = 2;

/** Answers are kept for a moment; live events say when they are old. Only what may pass by itself is asked again. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (asProblem(error).kind === 'not-authenticated') signInAgain();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => {
          const { kind, status } = asProblem(error);
          return failures < RETRIES && (kind === 'unreachable' || status >= 500);
        },
      },
    },
  });

/**
 * The session has ended: by itself, or somebody has ended it. The page is loaded anew, so that nothing that the person
 * saw stays; what cannot be saved for that reason says so where it was typed, and stays there.
 */
function signInAgain(): void {
  const { pathname, search } = window.location;
  if (pathname === '/sign-in') return;
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search)}`);
}
