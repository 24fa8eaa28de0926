import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../harness/random.ts';
import { createFaults, type Fault } from './awkward-faults.ts';
import type { Creations, LoggedRequest } from './awkward-log.ts';
import { createService, type Outcome } from './awkward-service.ts';
import { createAwkwardStore, type Endpoint } from './awkward-store.ts';
import type { SwitchChanges, Switches } from './awkward-switches.ts';
import { Refusal } from './protocol/refusal.ts';
import { type Complex, isComplex } from './protocol/value.ts';

export interface AwkwardOptions {
  /** 1 unless said; ids and chances come from it. */
  readonly seed?: number;
  /** Required as a bearer token when given. */
  readonly token?: string;
  readonly switches?: SwitchChanges;
}

/** A SCIM server that misbehaves as it is told, and what it really holds. */
export interface AwkwardServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
  /** Changes these switches and leaves the others; the counts of those that are changed begin anew. */
  set(changes: SwitchChanges): void;
  /** Turns every switch off. */
  behave(): void;
  /** Copies of what is stored, hidden or not, in the order of creation. */
  users(): Complex[];
  groups(): Complex[];
  /** Every request so far, in the order of arrival of their bodies. */
  log(): readonly LoggedRequest[];
  /** Forgets the log; the counts of what was created stay. */
  clearLog(): void;
  /** How often each was created over HTTP or with `add`. */
  created(endpoint: Endpoint): Creations;
  /** externalIds, userNames and displayNames of groups that more than one has at the moment. */
  duplicates(): string[];
  /** Does what somebody else at the application would do: nothing of it is logged. Returns the id. */
  add(endpoint: Endpoint, resource: Complex): string;
  /** Gives the resource these attributes besides those that it has. */
  change(endpoint: Endpoint, id: string, attributes: Complex): void;
  remove(endpoint: Endpoint, id: string): void;
  close(): Promise<void>;
}

const BASE = '/scim/v2';

/** Starts an empty one on a free port of 127.0.0.1. */
export async function startAwkward({
  seed = 1,
  token,
  switches: first = {},
}: AwkwardOptions = {}): Promise<AwkwardServer> {
  const random = createRandom(seed);
  let switches: Partial<Switches> = {};
  const store = createAwkwardStore(random, () => switches);
  const faults = createFaults(random);
  const closing = new AbortController();
  let url = '';
  const service = createService(
    store,
    () => switches,
    () => url,
  );
  let log: LoggedRequest[] = [];
  let inFlight = 0;

  function set(changes: SwitchChanges): void {
    const next = Object.entries({ ...switches, ...changes }).filter(
      ([, value]) => value !== undefined && value !== false,
    );
    switches = Object.fromEntries(next);
    faults.restart(Object.keys(changes));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = ++inFlight;
    response.once('close', () => inFlight--);
    const sent = await text(request);
    const { method = '', url: target = '' } = request;
    const { pathname, searchParams: query } = new URL(target, 'http://127.0.0.1');
    const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname;
    const body = parse(sent);
    const fault = faults.next(switches, method, path);
    const isKnown = token === undefined || request.headers.authorization === `Bearer ${token}`;
    const outcome =
      fault.before ??
      service.serve({
        method,
        path,
        query,
        body,
        isKnown: isKnown && pathname.startsWith(BASE),
        type: request.headers['content-type'],
      });
    const last = fault.before === undefined && outcome.effect !== 'refused' ? after(fault, outcome) : outcome;
    const { headers } = request;
    log.push({
      method,
      path,
      query,
      headers,
      body,
      effect: last.effect,
      id: last.id,
      status: last.status,
      inFlight: began,
    });
    const { slow } = switches;
    const delay = typeof slow !== 'object' ? slow : slow.method === method ? slow.ms : undefined;
    if (delay !== undefined) await pause(delay, undefined, { signal: closing.signal });
    if (last.status === undefined) request.socket.destroy();
    else respond(response, last.status, last);
  }

  const server = createServer((request, response) => {
    // A client that went away, or the end of the test: nobody waits for this answer.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  url = `http://127.0.0.1:${address.port}${BASE}`;
  set(first);

  return {
    url,
    token,
    set,
    behave: () => {
      switches = {};
    },
    users: () => structuredClone(store.all('Users')),
    groups: () => structuredClone(store.all('Groups')),
    log: () => log,
    clearLog: () => {
      log = [];
    },
    created: (endpoint) => store.created[endpoint],
    duplicates: () => [...repeated(store.all('Users'), 'userName'), ...repeated(store.all('Groups'), 'displayName')],
    add: (endpoint, resource) => String(store.create(endpoint, resource).id),
    change: (endpoint, id, attributes) => {
      store.replace(endpoint, id, { ...store.get(endpoint, id), ...attributes });
    },
    remove: (endpoint, id) => store.delete(endpoint, id),
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function repeated(resources: readonly Complex[], name: string): string[] {
  return ['externalId', name].flatMap((attribute) => {
    const held = resources.flatMap((resource) => resource[attribute] ?? []).map(String);
    return [...Map.groupBy(held, (value) => value)].filter(([, same]) => same.length > 1).map(([value]) => value);
  });
}

function parse(sent: string): Complex | undefined {
  try {
    const body: unknown = JSON.parse(sent);
    // What JSON.parse returns is a Value, whatever was sent.
    const value = body as Complex;
    return isComplex(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the client sees of a request that was carried out. */
function after(fault: Fault, outcome: Outcome): Outcome {
  if (fault.drop) return { effect: outcome.effect, id: outcome.id, status: undefined };
  if (!fault.fail) return outcome;
  const body = new Refusal(500, 'Something broke').body();
  return { effect: outcome.effect, id: outcome.id, status: 500, body };
}

function respond(response: ServerResponse, status: number, { body, html, headers }: Outcome): void {
  const type = html === undefined ? 'application/scim+json; charset=utf-8' : 'text/html; charset=utf-8';
  const content = html ?? (body === undefined ? undefined : JSON.stringify(body));
  response.writeHead(status, { ...(content === undefined ? {} : { 'content-type': type }), ...headers });
  response.end(content);
}
