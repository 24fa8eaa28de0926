import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';

/** What a request to a target is about. */
export type Verb = 'create' | 'update' | 'disable' | 'deleteUser' | 'deleteGroup' | 'memberAdd' | 'memberRemove';

/**
 * When the one who sends a request dies: `beforeCall`, when the intent is stored and the target never hears of it;
 * `afterReceiving`, when the target has done it and its answer is lost; `afterAnswer`, when the answer has arrived;
 * `afterOutcome`, a moment later, when what came of it has probably been stored.
 */
export type Moment = 'beforeCall' | 'afterReceiving' | 'afterAnswer' | 'afterOutcome';

/** Stands before a target and lets the sender die at a moment. */
export interface CrashProxy {
  /** Base URL, with the path of the target's. */
  readonly url: string;
  /** Writes wait from now on until `release`. */
  hold(): void;
  release(): void;
  /**
   * Calls `die` at the moment of the n-th write of the verb, with the port that it was sent from; the promise resolves
   * when that has happened.
   */
  arm(verb: Verb, moment: Moment, n: number, die: (port: number) => Promise<unknown>): Promise<void>;
  /** How many requests have come, reads among them. */
  requests(): number;
  /** The ports of who is connected. */
  ports(): readonly number[];
  /** Lets everything pass again. */
  disarm(): void;
  close(): Promise<void>;
}

const OUTCOME_AFTER = 60;

interface Armed {
  readonly verb: Verb;
  readonly moment: Moment;
  left: number;
  died(port: number): Promise<void>;
}

export async function crashProxy(target: string): Promise<CrashProxy> {
  const { origin, pathname } = new URL(target);
  let armed: Armed | undefined;
  let held = Promise.resolve();
  let release = () => {};
  let requests = 0;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { remotePort = 0 } = incoming.socket;
    requests++;
    const body = await text(incoming);
    const { method = 'GET', url = '' } = incoming;
    const verb = verbOf(method, url, body);
    if (verb !== undefined) await held;
    const dying = verb !== undefined && armed?.verb === verb && --armed.left === 0 ? armed : undefined;
    if (dying?.moment === 'beforeCall') {
      await dying.died(remotePort);
      response.destroy();
      return;
    }
    const passed = request(`${origin}${url}`, { method, headers: incoming.headers });
    passed.end(body);
    const [answered] = await once(passed, 'response');
    const sent = await buffer(answered);
    if (dying?.moment === 'afterReceiving') {
      await dying.died(remotePort);
      response.destroy();
      return;
    }
    response.writeHead(answered.statusCode ?? 500, answered.headers);
    response.end(sent);
    if (dying === undefined) return;
    await once(response, 'finish');
    if (dying.moment === 'afterOutcome') await new Promise((resolve) => setTimeout(resolve, OUTCOME_AFTER));
    await dying.died(remotePort);
  }

  const server = createServer((incoming, response) => {
    // Whoever died does not wait for an answer.
    answer(incoming, response).catch(() => response.destroy());
  });
  const ports = new Set<number>();
  server.on('connection', (socket) => {
    const { remotePort = 0 } = socket;
    ports.add(remotePort);
    socket.once('close', () => ports.delete(remotePort));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');

  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      release = resolve;
    },
    release: () => release(),
    requests: () => requests,
    ports: () => [...ports],
    arm(verb, moment, n, die) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const died = async (port: number) => {
        armed = undefined;
        await die(port);
        resolve();
      };
      armed = { verb, moment, left: n, died };
      return promise;
    },
    disarm() {
      armed = undefined;
      release();
    },
    async close() {
      release();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function verbOf(method: string, url: string, body: string): Verb | undefined {
  const isGroup = /\/Groups\b/.test(url);
  if (method === 'POST') return 'create';
  if (method === 'DELETE') return isGroup ? 'deleteGroup' : 'deleteUser';
  if (method !== 'PATCH' && method !== 'PUT') return undefined;
  if (isGroup && /"members/.test(body)) return /"op":\s*"remove"/i.test(body) ? 'memberRemove' : 'memberAdd';
  return /"active"[^}]*false|"value":\s*false/i.test(body) ? 'disable' : 'update';
}
