import type { Escrow, ObjectType } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import type { ResourceLinkListView } from '../contract/resource-link.ts';
import type { Application } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { findResource } from './find-resource.ts';
import { iso, isoOrNull } from './iso.ts';

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

type LinkView = ResourceLinkListView['links'][number];

/** `GET …/resources/{type}/{id}/links`: what became of a user or group in the applications of this directory. */
export async function resourceLinks(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'auditor' } } as const;

  api.get<ById>(
    '/identity-servers/:server/resources/:type/:id/links',
    options,
    async ({ params }): Promise<ResourceLinkListView> => {
      const { server, type, stored } = await findResource(context, params);
      if (!isProvisioned(type.name)) return { links: [] };
      const object = { type: type.name, id: stored.id, label: stored.label };
      const applications = (await context.store.applications.list()).filter(
        ({ directory, removing }) => directory === server.key && !removing,
      );
      const links = await Promise.all(applications.map((application) => linkIn(context, application, object)));
      return { links: links.filter((link) => link !== undefined) };
    },
  );
}

const isProvisioned = (type: string): type is ObjectType => type === 'User' || type === 'Group';

/** undefined when an application has had nothing to do with it. */
async function linkIn(
  { store }: AdminContext,
  { key, slug, name }: Application,
  object: { readonly type: ObjectType; readonly id: string; readonly label: string },
): Promise<LinkView | undefined> {
  const { type, id } = object;
  const journal = store.applications.journal(key);
  const link = (await journal.links(type, [id])).get(id);
  const [escrow] = [...(await journal.escrows([{ type, id }]))].sort(entriesFirst);
  const lastAt = await store.applications.lastRecordAt(key, id);
  if (link === undefined && escrow === undefined && lastAt === undefined) return undefined;
  return {
    application: { slug, name },
    type,
    targetId: link?.targetId ?? null,
    state: link?.state ?? 'none',
    label: link?.label ?? object.label,
    failure:
      escrow === undefined ? null : { code: escrow.code, message: escrow.message, nextTryAt: iso(escrow.nextAt) },
    lastAt: isoOrNull(lastAt ?? link?.linkedAt ?? null),
  };
}

/** Without its entry, an object has no references: what fails of it itself is told first. */
const entriesFirst = (a: Escrow, b: Escrow): number => Number(a.kind === 'reference') - Number(b.kind === 'reference');
