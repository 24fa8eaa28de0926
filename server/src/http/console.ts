import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pageHeaders } from './page-headers.ts';

export interface ConsoleOptions {
  /** Directory of the built console: `index.html`, and `assets/` whose names carry a hash of what is in them. */
  readonly files: string | undefined;
  readonly publicUrl: string | undefined;
  /** Answers that there is nothing at this address. */
  refuse(reply: FastifyReply): void;
}

/** What is the server's own, and never a page of the console. */
const NO_PAGES = /^\/+(api|scim|healthz|readyz|metrics|assets)([/?]|$)/i;
const DOT_FILE = /\/(\.|%2e)/i;
const PLAIN_NAME = /^[\w-][\w.-]*$/;
const COMPRESSED = /\.(br|gz)$/;

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rollcall</title>
<body style="font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>Rollcall runs</h1>
<p>Its console is not built yet. Build it in the directory of Rollcall, then start Rollcall again:</p>
<pre>npm run build</pre>
<p>Until then the command line does everything: <code>npx rollcall --help</code>. SCIM is served as usual.</p>
</html>
`;

/**
 * The console's files, and its `index.html` for every page: which page it is, the console finds out itself. What is
 * neither is refused as before.
 */
export async function consoleEndpoints(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const { files, refuse } = options;
  const headers = pageHeaders(options.publicUrl);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  // A path that leaves the directory, or is not spelt as the file is, is an error of the library's.
  app.setErrorHandler((_error, _request, reply) => refuse(reply));

  if (files === undefined) {
    app.get('/', { exposeHeadRoute: true }, async (_request, reply) =>
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).send(NOT_BUILT),
    );
    app.setNotFoundHandler((_request, reply) => refuse(reply));
    return;
  }

  await app.register(fastifyStatic, {
    root: join(files, 'assets'),
    prefix: '/assets/',
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    maxAge: '1y',
    immutable: true,
  });
  for (const name of await filesBeside(files)) {
    app.get(`/${name}`, { exposeHeadRoute: true }, (_request, reply) =>
      reply.sendFile(name, files, { maxAge: '1h', immutable: false }),
    );
  }
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return refuse(reply);
    reply.header('cache-control', 'no-cache');
    return reply.sendFile('index.html', files, { cacheControl: false });
  });
}

/** What stands beside `index.html`: the icon, the manifest. */
async function filesBeside(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && PLAIN_NAME.test(entry.name) && !COMPRESSED.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => name !== 'index.html');
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || NO_PAGES.test(url)) return false;
  const path = url.split('?')[0] ?? '';
  if (DOT_FILE.test(path)) return false;
  return path === '/' || /\btext\/html\b/i.test(headers.accept ?? '');
}
