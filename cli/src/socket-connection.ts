import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AdminAnswer, AdminConnection, AdminRequest } from './admin-client.ts';
import { CommandFailed } from './command-failed.ts';

/** A connection to the server that listens on a socket; undefined when none does. */
export async function overSocket(path: string): Promise<AdminConnection | undefined> {
  if (!(await answers(path))) return undefined;
  const agent = new Agent({ keepAlive: true });
  return {
    isServed: true,
    send: (request) => send(path, agent, request),
    close: async () => agent.destroy(),
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES' && error.code !== 'EPERM') return resolve(false);
      reject(
        new CommandFailed(
          `You may not use the data directory (${path}: ${error.code}).`,
          'Run the command as its owner: the user that the server runs as.',
        ),
      );
    });
  });
}

function send(socketPath: string, agent: Agent, { method, path, body }: AdminRequest): Promise<AdminAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers =
    text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath, agent, method, path, headers }, (response) => {
      resolve({ status: response.statusCode ?? 0, body: response });
    });
    request.once('error', (error) => {
      reject(new CommandFailed(`The server ended the connection: ${error.message}`, 'See whether it still runs.'));
    });
    request.end(text);
  });
}
