import type { FastifyInstance } from 'fastify';
import { type RequestStatisticsView, requestStatisticsQuerySchema } from '../contract/statistics.ts';
import type { TimeBucket } from '../request-log/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { iso } from './iso.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Lengths that people read a time axis in. */
const LENGTHS = [1, 5, 10, 15, 30, 60, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
/** As many as a chart shows. */
const MOST_BUCKETS = 150;

/** `GET /api/statistics/requests`: what came in over SCIM, and how it was answered, over time. */
export async function statistics(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry, requestLog } = context;

  api.get('/statistics/requests', { config: { role: 'auditor' } }, async (request): Promise<RequestStatisticsView> => {
    const { hours, identityServer } = requestStatisticsQuerySchema.parse(request.query);
    const server = identityServer === undefined ? undefined : findIdentityServer(registry, identityServer).key;
    const bucketMs = bucketLength(hours * HOUR);
    const now = context.now();
    const first = Math.floor((now - hours * HOUR) / bucketMs) * bucketMs;
    const found = await requestLog.statisticsByTime({ server, since: first, bucketMs });
    return { bucketSeconds: bucketMs / 1000, buckets: everyBucket(found, first, now, bucketMs) };
  });
}

/** The shortest length with which `span` is no more buckets than can be shown. */
export function bucketLength(span: number): number {
  return LENGTHS.find((length) => span / length <= MOST_BUCKETS) ?? 1440 * MINUTE;
}

/** The buckets from `first` until now, those in which nothing came in included. */
export function everyBucket(
  found: readonly TimeBucket[],
  first: number,
  now: number,
  bucketMs: number,
): RequestStatisticsView['buckets'] {
  const byTime = new Map(found.map((bucket) => [bucket.at, bucket]));
  const count = Math.floor((now - first) / bucketMs) + 1;
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * bucketMs;
    const { total = 0, clientErrors = 0, serverErrors = 0, meanMs = null } = byTime.get(at) ?? {};
    return { at: iso(at), total, clientErrors, serverErrors, meanMs };
  });
}
