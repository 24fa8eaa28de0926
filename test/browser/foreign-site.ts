import { once } from 'node:events';
import { createServer } from 'node:http';

/** A site of somebody else: it serves whatever page it is given, on a port of its own. */
export interface ForeignSite {
  /** Of another site: `localhost`, where the console is at 127.0.0.1. */
  readonly crossSite: string;
  /** Of the same site and another origin: only the port differs. */
  readonly sameSite: string;
  /** What it shows from now on. */
  page: string;
  close(): Promise<void>;
}

export async function openForeignSite(): Promise<ForeignSite> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(site.page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const site: ForeignSite = {
    crossSite: `http://localhost:${port}/`,
    sameSite: `http://127.0.0.1:${port}/`,
    page: '<!doctype html><title>Elsewhere</title>',
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return site;
}
