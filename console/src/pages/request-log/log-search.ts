import type { LogFilters } from '../../api/log.ts';

/** What the address of the request log says: the filters, and the request that is open. */
export interface LogSearch {
  readonly method?: string;
  /** A status such as 404, or a class such as `4xx`. */
  readonly status?: string | number;
  readonly path?: string;
  readonly search?: string;
  /** A duration back from now, such as `1h`, or a moment (ISO 8601). */
  readonly since?: string;
  readonly until?: string;
  readonly entry?: number;
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** Reads an address, however it was typed; what makes no sense is left out rather than refused. */
export function readLogSearch(raw: Record<string, unknown>): LogSearch {
  const method = textOf(raw.method)?.toUpperCase();
  const status = textOf(raw.status)?.toLowerCase();
  const path = textOf(raw.path);
  const search = textOf(raw.search);
  const since = textOf(raw.since);
  const until = textOf(raw.until);
  const entry = Number(raw.entry);
  return {
    ...(method !== undefined && /^[A-Z]{1,20}$/.test(method) ? { method } : {}),
    // A number stands in the address without quotes.
    ...(status !== undefined && /^[1-5](\d\d|xx)$/.test(status)
      ? { status: status.endsWith('x') ? status : Number(status) }
      : {}),
    ...(path === undefined ? {} : { path }),
    ...(search === undefined ? {} : { search }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(Number.isSafeInteger(entry) && entry > 0 ? { entry } : {}),
  };
}

/** The filters as the API takes them. */
export function filtersOf({ entry: _, status, ...texts }: LogSearch): LogFilters {
  return status === undefined ? texts : { ...texts, status: String(status) };
}

export const isFiltered = (filters: LogFilters): boolean => Object.keys(filters).length > 0;

/** A request's path and query without what every row has in common, and readable: `Users?filter=userName eq "mira"`. */
export function shortUrl(url: string): string {
  const short = url.replace(/^\/scim\/(?:[^/]+\/)?v2(?=\/|\?|$)/, '') || '/';
  try {
    return decodeURIComponent(short.replaceAll('+', ' '));
  } catch {
    return short;
  }
}
