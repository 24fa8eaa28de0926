import type { Complex } from './protocol/value.ts';

/** What became of a request at the server, whatever was answered. */
export type Effect =
  | 'read'
  | 'created'
  | 'changed'
  /** A write that left everything as it was. */
  | 'unchanged'
  | 'deleted'
  | 'refused'
  | 'throttled'
  | 'dropped';

/** A request that reached the server. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Undefined without a body, and when it was not JSON. */
  readonly body: Complex | undefined;
  readonly effect: Effect;
  /** The resource it was about, where there is one. */
  readonly id: string | undefined;
  /** Undefined when the connection was destroyed instead. */
  readonly status: number | undefined;
  /** Requests that were under way when it came, itself among them. */
  readonly inFlight: number;
}

/** How often something was created, by what identifies it; no deletion takes from it. */
export interface Creations {
  readonly externalId: ReadonlyMap<string, number>;
  /** userName of users, displayName of groups. */
  readonly name: ReadonlyMap<string, number>;
}

/** Counts what is created. */
export interface CreationCounter extends Creations {
  count(resource: Complex, name: 'userName' | 'displayName'): void;
}

export function createCounter(): CreationCounter {
  const externalIds = new Map<string, number>();
  const names = new Map<string, number>();
  const add = (counts: Map<string, number>, key: unknown): void => {
    if (typeof key === 'string') counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  return {
    externalId: externalIds,
    name: names,
    count(resource, name) {
      add(externalIds, resource.externalId);
      add(names, resource[name]);
    },
  };
}
