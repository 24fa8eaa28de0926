import type { Note } from '@rollcall/scim';

/** One request as it is handed to the log: raw. Secrets are taken out on the log's side, before anything is stored. */
export interface LogEntry {
  /** Request id (UUIDv7), also in the answer's `X-Request-Id`. */
  readonly id: string;
  readonly at: number;
  readonly server: number | null;
  readonly address: string;
  readonly method: string;
  /** Path and query as asked, still encoded. */
  readonly url: string;
  readonly status: number;
  readonly durationMs: number;
  readonly token: string | null;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  readonly notes: readonly Note[];
  /** Members that named no resource and were skipped: how many, and the first of them. */
  readonly membersSkipped: number;
  /** Why a request was refused before it reached its handler (a token that is wrong, expired ...). Not sent to the client. */
  readonly reason: string | null;
}

/** What is counted of a request. */
export type TalliedRequest = Pick<LogEntry, 'server' | 'at' | 'status' | 'durationMs'>;

/** An entry as stored: redacted, bodies capped. */
export interface StoredLogEntry extends LogEntry {
  readonly n: number;
  /** Bytes cut from the bodies' ends, 0 when whole. */
  readonly requestBodyCut: number;
  readonly responseBodyCut: number;
  /** Bytes of the bodies as they came in and went out, what was cut included. Also there when the bodies are left out. */
  readonly requestBodyBytes: number;
  readonly responseBodyBytes: number;
}

export interface LogQuery {
  readonly server?: number | undefined;
  /** Milliseconds, inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly method?: string | undefined;
  /** `404`, `4xx`. */
  readonly status?: string | undefined;
  /** Part of the path or query, any case. */
  readonly path?: string | undefined;
  /** Part of any of the texts, any case. */
  readonly search?: string | undefined;
  /** Older than this entry (paging backwards), newest first. */
  readonly before?: number | undefined;
  /** Newer than this entry, oldest first (tail). */
  readonly after?: number | undefined;
  readonly limit: number;
  /** False: entries come without their bodies (null). */
  readonly bodies?: boolean | undefined;
}

/** What a search has found in its time. */
export interface LogPage {
  readonly entries: readonly StoredLogEntry[];
  /** What to give as `before` (with `after`: as `after`) to go on; null when there is nothing more to look at. */
  readonly next: number | null;
}

/** Whom a request was about: ids of resources, and user names that were looked for or created. */
export interface Mention {
  readonly kind: 'id' | 'userName';
  readonly value: string;
}

export interface MentionQuery {
  readonly server: number;
  /** Any of them. */
  readonly of: readonly Mention[];
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface LogRetention {
  readonly maxAgeMs: number;
  readonly maxRows: number;
  readonly maxBytes: number;
}

export interface LogStatistics {
  /** Handed over and not stored yet. */
  readonly waiting: number;
  /** Lost because the log was too slow or its disk was full. */
  readonly dropped: number;
  readonly stored: number;
}

/** What came in during a span of time, whether its entries are still kept or not. */
export interface TimeBucket {
  /** Its beginning, a multiple of its length. */
  readonly at: number;
  readonly total: number;
  /** Answered with 4xx, and with 5xx. */
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly meanMs: number;
}

export interface TimeQuery {
  /** Absent: of all identity servers together. */
  readonly server?: number | undefined;
  /** Milliseconds; what came in during the minute that it lies in counts. */
  readonly since: number;
  /** Length of a bucket, a multiple of a minute. */
  readonly bucketMs: number;
}

/** Where the log is: in a file of this process's own, or in a PostgreSQL database that others write to as well. */
export type LogPlace = { readonly file: string } | { readonly databaseUrl: string };

/** The request log, with a worker thread of its own and a database file, or tables that all processes share. Nothing it does can fail or delay a request. */
export interface RequestLog {
  /** Never throws, never waits. */
  record(entry: LogEntry): void;
  /** Counts a request that is not kept. As little can go wrong. */
  tally(request: TalliedRequest): void;
  /** A search has its time: a page may be short, or empty, and there may be more all the same. */
  page(query: LogQuery): Promise<LogPage>;
  /** The same without where to go on. */
  search(query: LogQuery): Promise<readonly StoredLogEntry[]>;
  entry(server: number, n: number): Promise<StoredLogEntry | undefined>;
  /** Requests that were about somebody, newest first, without their bodies: looked up, not searched for. */
  about(query: MentionQuery): Promise<StoredLogEntry[]>;
  count(server: number): Promise<number>;
  /** When the last request came in, also when its entry is gone; null when none has. */
  lastAt(server: number): Promise<number | null>;
  clear(server: number): Promise<number>;
  /** Counted as requests come in, by minute; only buckets in which something came in, the oldest first. */
  statisticsByTime(query: TimeQuery): Promise<TimeBucket[]>;
  statistics(): LogStatistics;
  /** Stores what was handed over so far. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
