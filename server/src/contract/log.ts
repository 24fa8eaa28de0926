import { z } from 'zod';
import { momentSchema } from './duration.ts';

const position = z.coerce.number().int().min(0);

/** What of the request log is wanted; the same for listing and export. */
export const logQuerySchema = z.strictObject({
  since: momentSchema.optional(),
  until: momentSchema.optional(),
  method: z
    .string()
    .regex(/^[A-Za-z]{1,20}$/, 'must be an HTTP method')
    .transform((method) => method.toUpperCase())
    .optional(),
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/i, 'must be a status such as 404, or a class such as 4xx')
    .transform((status) => status.toLowerCase())
    .optional(),
  path: z.string().max(1000).optional().describe('Part of the path or query'),
  search: z.string().max(1000).optional().describe('Part of any of the texts'),
  before: position.optional().describe('Older than this entry, newest first'),
  after: position.optional().describe('Newer than this entry, oldest first'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  bodies: z
    .enum(['true', 'false'])
    .transform((bodies) => bodies === 'true')
    .default(true)
    .describe('false: entries without their bodies, for a list'),
});

const headers = z.record(z.string(), z.string());

export const logEntrySchema = z.object({
  n: z.int().describe('Position in the log'),
  id: z.string().describe('Request id, as in X-Request-Id'),
  date: z.iso.datetime(),
  address: z.string(),
  method: z.string(),
  url: z.string(),
  status: z.int(),
  durationMs: z.number(),
  token: z.string().nullable(),
  reason: z.string().nullable().describe('Why it was refused; the client is not told'),
  requestHeaders: headers,
  requestBody: z.string().nullable(),
  hasRequestBody: z.boolean().describe('Also said where bodies are left out'),
  requestBodyBytes: z.int().describe('As long as it came in, what was cut included'),
  requestBodyCut: z.int().describe('Bytes cut from the end'),
  responseHeaders: headers,
  responseBody: z.string().nullable(),
  hasResponseBody: z.boolean(),
  responseBodyBytes: z.int(),
  responseBodyCut: z.int(),
  notes: z.array(z.object({ quirk: z.string(), detail: z.string().optional() })).describe('What was straightened'),
  membersSkipped: z.int(),
});

export const logSchema = z.object({
  entries: z.array(logEntrySchema),
  next: z
    .int()
    .nullable()
    .describe('What to give as `before` (or `after`) for more, also after a short page: a search has its time'),
});

export const logCountSchema = z.object({ count: z.int() });

export const curlSchema = z.object({
  curl: z.string().describe('A command for a shell; the credentials are its variable TOKEN'),
  warnings: z.array(z.string()).describe('Why it may not send what was sent'),
});

export const logClearedSchema = z.object({ cleared: z.int() });

export type LogEntryView = z.infer<typeof logEntrySchema>;
export type CurlView = z.infer<typeof curlSchema>;
export type LogView = z.infer<typeof logSchema>;
export type LogQueryInput = z.infer<typeof logQuerySchema>;
