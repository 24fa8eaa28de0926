import type { TalliedRequest } from '../../request-log/contract.ts';
import type { MinuteTable } from './tables.ts';

export const MINUTE = 60_000;
/** The server of requests that reached none. */
const NO_SERVER = 0;

/** What to add to the counted minutes for these requests. Pure. */
export function minutesOf(requests: readonly TalliedRequest[]): MinuteTable[] {
  const rows = new Map<string, MinuteTable>();
  for (const { server, at, status, durationMs } of requests) {
    const minute = Math.floor(at / MINUTE);
    const key = `${server} ${minute}`;
    const row = rows.get(key) ?? {
      server: server ?? NO_SERVER,
      minute,
      total: 0,
      client_errors: 0,
      server_errors: 0,
      duration: 0,
      last_at: at,
    };
    row.total++;
    if (status >= 500) row.server_errors++;
    else if (status >= 400) row.client_errors++;
    row.duration += durationMs;
    row.last_at = Math.max(row.last_at, at);
    rows.set(key, row);
  }
  return [...rows.values()];
}
