import type { RequestBucket } from '../../api/overview.ts';

export interface RequestTotals {
  readonly total: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
}

/** The sums of a chart, which say in words what it shows. */
export const totalsOf = (buckets: readonly RequestBucket[]): RequestTotals => ({
  total: sum(buckets, 'total'),
  clientErrors: sum(buckets, 'clientErrors'),
  serverErrors: sum(buckets, 'serverErrors'),
});

const sum = (buckets: readonly RequestBucket[], of: keyof RequestTotals): number =>
  buckets.reduce((total, bucket) => total + bucket[of], 0);
