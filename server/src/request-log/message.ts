import type {
  LogEntry,
  LogPlace,
  LogQuery,
  LogRetention,
  MentionQuery,
  TalliedRequest,
  TimeQuery,
} from './contract.ts';

/** What the log's thread is started with. */
export interface LogThreadOptions {
  readonly place: LogPlace;
  readonly retention: LogRetention;
  readonly bodyBytes: number;
}

/** An entry on its way to the thread; of a very long body only the beginning travels, with the bytes left behind. */
export interface HandedEntry extends LogEntry {
  readonly requestBodyCut: number;
  readonly responseBodyCut: number;
}

/** What a caller asks of the thread and waits for. */
export type LogCall =
  | { readonly kind: 'search'; readonly query: LogQuery }
  | { readonly kind: 'entry'; readonly server: number; readonly n: number }
  | { readonly kind: 'about'; readonly query: MentionQuery }
  | { readonly kind: 'lastAt'; readonly server: number }
  | { readonly kind: 'count'; readonly server: number }
  | { readonly kind: 'clear'; readonly server: number }
  | { readonly kind: 'statisticsByTime'; readonly query: TimeQuery }
  | { readonly kind: 'flush' }
  | { readonly kind: 'close' };

export type LogMessage =
  | { readonly kind: 'entries'; readonly entries: readonly HandedEntry[]; readonly tallied: readonly TalliedRequest[] }
  | { readonly kind: 'call'; readonly number: number; readonly call: LogCall };

export type LogReply =
  | { readonly kind: 'taken'; readonly stored: number; readonly dropped: number }
  | { readonly kind: 'result'; readonly number: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly number: number; readonly message: string };
