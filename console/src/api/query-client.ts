import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem.ts';

const RETRIES = 2;

/** Answers are kept for a moment; live events say when they are old. Only what may pass by itself is asked again. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
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
