import { useQuery } from '@tanstack/react-query';

/**
 * A number that becomes another one when users or groups of an identity server may have changed: long lists are not
 * fetched again page by page because somebody far down was renamed, so they watch this instead.
 */
export const useChanged = (slug: string): number | undefined =>
  useQuery({
    queryKey: ['identity-servers', slug, 'resources', 'changed'],
    queryFn: () => performance.now(),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  }).data;
