import type { FastifyInstance, FastifyReply } from 'fastify';
import { pageHeaders } from '../http/page-headers.ts';
import type { AdminContext } from './context.ts';
import { openApiDocument } from './openapi/document.ts';
import { groupPage, indexPage } from './openapi/pages.ts';
import type { RegisteredRoute } from './openapi/registered-route.ts';
import { DESCRIBED } from './openapi/table.ts';
import { Problem } from './problem.ts';

interface ByGroup {
  readonly Params: { readonly group: string };
}

/** `GET /api/openapi.json`: this API as a document. `GET /api/docs`: the same as pages, without a script. */
export async function openApi(
  api: FastifyInstance,
  context: AdminContext,
  registered: readonly RegisteredRoute[],
): Promise<void> {
  let made: ReturnType<typeof openApiDocument> | undefined;
  // When it is asked for first: by then every route is registered, and no start waits for it.
  const document = () => {
    made ??= openApiDocument(registered, DESCRIBED, context.version);
    return made;
  };
  const sendPage = (reply: FastifyReply, page: string) =>
    reply.headers({ ...pageHeaders(context.config.publicUrl), 'content-type': 'text/html; charset=utf-8' }).send(page);

  api.get('/openapi.json', { config: { role: 'auditor' } }, async () => document());

  api.get('/docs', { config: { role: 'auditor' } }, async (_request, reply) => sendPage(reply, indexPage(document())));

  api.get<ByGroup>('/docs/:group', { config: { role: 'auditor' } }, async (request, reply) => {
    const page = groupPage(document(), request.params.group);
    if (page === undefined) throw new Problem('not-found', 'There is no such page; /api/docs has them all.');
    return sendPage(reply, page);
  });
}
