import type { Kysely } from 'kysely';
import type { Applications } from '../application-contract.ts';
import type { Database } from '../tables.ts';
import { auditOf, auditRow } from './application-rows.ts';
import type { Write } from './applications.ts';

type AuditLog = Pick<Applications, 'audit' | 'auditLog'>;

/** Who changed what. */
export function createAuditLog(read: Kysely<Database>, write: Write): AuditLog {
  return {
    audit: (entry) =>
      write(async (db) => {
        await db.insertInto('audit_log').values(auditRow(entry)).execute();
      }),
    async auditLog({ subject, before, limit }) {
      let select = read.selectFrom('audit_log').selectAll();
      if (subject !== undefined) select = select.where('subject', '=', subject);
      if (before !== undefined) select = select.where('n', '<', before);
      return (await select.orderBy('n', 'desc').limit(limit).execute()).map(auditOf);
    },
  };
}
