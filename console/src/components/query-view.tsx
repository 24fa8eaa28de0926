// biome-ignore-all lint/a11y/useSemanticElements: an output element is for results of a form
import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../language/use-text.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface Props<T> {
  readonly query: UseQueryResult<T>;
  /** Rows of the place that is kept while it loads, so that nothing jumps. */
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** What a query brings: its place while it loads, its problem with a way to try again, or `children`. */
export function QueryView<T>({ query, rows = 3, children }: Props<T>) {
  const { loading } = useText().general;
  if (query.data !== undefined) {
    return (
      <>
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  return (
    <Stack gap="xs" role="status" aria-label={loading}>
      {PLACES.slice(0, rows).map((place) => (
        <Skeleton key={place} height={36} />
      ))}
    </Stack>
  );
}
