import type { FastifyInstance } from 'fastify';
import { type AuditEntryView, auditQuerySchema } from '../contract/audit.ts';
import type { AuditEntry } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { iso } from './iso.ts';

/** `GET /api/audit`: who changed what, newest first. */
export async function audit(api: FastifyInstance, context: AdminContext): Promise<void> {
  api.get('/audit', async (request) => {
    const query = auditQuerySchema.parse(request.query);
    return { entries: (await context.store.applications.auditLog(query)).map(auditView) };
  });
}

const auditView = ({ n, at, who, from, action, subject, before, after }: AuditEntry): AuditEntryView => ({
  n,
  date: iso(at),
  who,
  from,
  action,
  subject,
  before,
  after,
});
