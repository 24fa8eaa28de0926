import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { timeOf } from '../contract/duration.ts';
import {
  type ProvisioningLogQueryInput,
  type ProvisioningRecordView,
  provisioningLogQuerySchema,
} from '../contract/provisioning-log.ts';
import type { ProvisioningLogQuery } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { Problem } from './problem.ts';
import { CSV_HEADING, csvRow } from './provisioning-log-csv.ts';
import { recordView } from './provisioning-record-view.ts';

const EXPORT_PAGE = 500;

interface ByName {
  readonly Params: { readonly application: string };
}

interface ByNumber {
  readonly Params: { readonly application: string; readonly n: string };
}

/** The provisioning log of an application: search, one entry whole, export as JSON lines or CSV. Newest first. */
export async function provisioningLog(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { applications } = context.store;

  api.get<ByName>('/applications/:application/log', async (request, reply) => {
    const { format, ...input } = provisioningLogQuerySchema.parse(request.query);
    const { key } = await findApplication(context, request.params.application);
    const query = queryOf(key, input, context.now());
    if (format === 'jsonl') {
      const lines = pages(context, query, (entry) => `${JSON.stringify(entry)}\n`);
      return reply.header('content-type', 'application/x-ndjson').send(Readable.from(lines));
    }
    if (format === 'csv') {
      const lines = pages(context, query, csvRow, CSV_HEADING);
      return reply.header('content-type', 'text/csv; charset=utf-8').send(Readable.from(lines));
    }
    return { entries: (await applications.log(query)).map((entry) => recordView(entry, entry.n)) };
  });

  api.get<ByNumber>('/applications/:application/log/:n', async (request) => {
    const { key, slug } = await findApplication(context, request.params.application);
    const { n } = request.params;
    const entry = /^\d{1,15}$/.test(n) ? await applications.logEntry(key, Number(n)) : undefined;
    if (entry !== undefined) return recordView(entry, entry.n);
    throw new Problem('not-found', `There is no entry ${n} in the provisioning log of ${slug}, or no longer.`);
  });
}

// A page at a time: an export is as long as the log.
async function* pages(
  { store }: AdminContext,
  query: ProvisioningLogQuery,
  line: (entry: ProvisioningRecordView) => string,
  heading = '',
): AsyncGenerator<string> {
  if (heading !== '') yield heading;
  let { before } = query;
  for (;;) {
    const entries = await store.applications.log({ ...query, before, limit: EXPORT_PAGE });
    if (entries.length > 0) yield entries.map((entry) => line(recordView(entry, entry.n))).join('');
    before = entries.at(-1)?.n ?? before;
    if (entries.length < EXPORT_PAGE) return;
  }
}

function queryOf(
  application: number,
  { since, until, ...rest }: Omit<ProvisioningLogQueryInput, 'format'>,
  now: number,
): ProvisioningLogQuery {
  return {
    ...rest,
    application,
    since: since === undefined ? undefined : timeOf(since, now),
    until: until === undefined ? undefined : timeOf(until, now),
  };
}
