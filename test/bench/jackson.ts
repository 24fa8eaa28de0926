// The directory sync of Jackson (npm) behind a bare node:http: its SCIM handlers on PostgreSQL, with nobody who waits for its
// events.
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is used of it; it is installed elsewhere. */
interface Jackson {
  controllers(options: unknown): Promise<{
    readonly directorySyncController: {
      readonly directories: { create(options: unknown): Promise<{ readonly data: Directory | null }> };
      readonly requests: {
        handle(request: unknown, callback: () => Promise<void>): Promise<{ readonly status: number; data?: unknown }>;
      };
    };
  }>;
}
interface Directory {
  readonly id: string;
  readonly scim: { readonly secret: string };
}

const [, port = '0', installed = '', url = ''] = process.argv.slice(2);
const jackson: Jackson = createRequire(join(installed, 'package.json'))('@boxyhq/saml-jackson');
const quiet = { info: () => {}, warn: () => {}, error: console.error };
const { directorySyncController } = await jackson.controllers({
  externalUrl: `http://127.0.0.1:${port}`,
  samlPath: '/saml',
  noAnalytics: true,
  logger: quiet,
  db: { engine: 'sql', type: 'postgres', url },
});
const { data: directory } = await directorySyncController.directories.create({
  tenant: 'bench',
  product: 'bench',
  name: 'bench',
  type: 'azure-scim-v2',
});
if (directory === null) throw new Error('Jackson has made no directory');
const { id: directoryId, scim } = directory;

async function answer(method: string, path: string, sent: string): Promise<{ status: number; data?: unknown }> {
  const [, resourceType = '', resourceId] = /^\/(\w+)(?:\/([^?]*))?/.exec(path) ?? [];
  const asked = new URLSearchParams(path.split('?')[1]);
  const paging = { startIndex: Number(asked.get('startIndex') ?? 1), count: Number(asked.get('count') ?? 100) };
  const query = asked.has('filter') ? { filter: asked.get('filter') } : paging;
  const body = sent === '' ? undefined : JSON.parse(sent);
  return directorySyncController.requests.handle(
    { method, body, query, resourceType, resourceId, directoryId, apiSecret: scim.secret },
    async () => {},
  );
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/scim+json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

createServer({ keepAliveTimeout: 75_000 }, async (request, response) => {
  try {
    const { status, data } = await answer(request.method ?? '', request.url ?? '', await text(request));
    respond(response, status, data);
  } catch (error) {
    respond(response, 500, { detail: String(error) });
  }
}).listen(Number(port), '127.0.0.1');
