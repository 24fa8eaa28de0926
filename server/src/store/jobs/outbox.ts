import { sql } from 'kysely';
import { ONE, statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { Outbox, WaitingMail } from '../work-contract.ts';
import { clock } from './clock.ts';

interface Told {
  readonly application: number;
  readonly cause: string;
  readonly size: number;
  readonly memory: number;
}

const tell = statement((db, { application, cause, size, memory }: Told, { dialect }) =>
  sql<{ size: number }>`
    INSERT INTO told AS known (application, cause, size, until)
    VALUES (${application}, ${cause}, ${size}, ${clock(dialect)} + CAST(${memory} AS bigint))
    ON CONFLICT (application, cause) DO UPDATE SET size = excluded.size, until = excluded.until
    WHERE known.until <= ${clock(dialect)} OR known.size < excluded.size
    RETURNING size`.compile(db),
);

const forget = statement((db, { application, cause }: { application: number; cause: string }) =>
  sql`DELETE FROM told WHERE application = ${application} AND cause = ${cause}`.compile(db),
);

const forgetOld = statement((db, { application }: { application: number }, { dialect }) =>
  sql`DELETE FROM told WHERE application = ${application} AND until <= ${clock(dialect)}`.compile(db),
);

const count = statement((db, { application }: { application: number }) =>
  sql<{ count: number }>`SELECT count(*) AS count FROM mail WHERE application = ${application}`.compile(db),
);

type NewMail = Omit<WaitingMail, 'n' | 'tries'>;

const insert = statement((db, { application, recipient, subject, text }: NewMail, { dialect }) =>
  sql`
    INSERT INTO mail (application, recipient, subject, text, tries, due)
    VALUES (${application}, ${recipient}, ${subject}, ${text}, 0, ${clock(dialect)})`.compile(db),
);

// The first of each address, as those behind it wait. While it is being sent its time is in the future.
const take = statement((db, { application, ms }: { application: number; ms: number }, { dialect }) =>
  sql<WaitingMail>`
    UPDATE mail SET due = ${clock(dialect)} + CAST(${ms} AS bigint) WHERE n = (
      SELECT n FROM mail AS head
      WHERE application = ${application} AND due <= ${clock(dialect)} AND NOT EXISTS (
        SELECT 1 FROM mail AS before
        WHERE before.application = head.application AND before.recipient = head.recipient AND before.n < head.n
      )
      ORDER BY n LIMIT ${ONE} ${dialect === 'sqlite' ? sql`` : sql`FOR UPDATE SKIP LOCKED`}
    )
    RETURNING n, application, recipient, subject, text, tries`.compile(db),
);

const remove = statement((db, { n }: { n: number }) => sql`DELETE FROM mail WHERE n = ${n}`.compile(db));

const postpone = statement((db, { n, tries, ms }: { n: number; tries: number; ms: number }, { dialect }) =>
  sql`
    UPDATE mail SET tries = ${tries}, due = ${clock(dialect)} + CAST(${ms} AS bigint) WHERE n = ${n}`.compile(db),
);

const next = statement((db, { application }: { application: number }, { dialect }) =>
  sql<{ ms: number | null }>`
    SELECT min(due) - ${clock(dialect)} AS ms FROM mail AS head
    WHERE application = ${application} AND NOT EXISTS (
      SELECT 1 FROM mail AS before
      WHERE before.application = head.application AND before.recipient = head.recipient AND before.n < head.n
    )`.compile(db),
);

const applications = statement((db, _: Record<never, never>) =>
  sql<{ application: number }>`SELECT DISTINCT application FROM mail ORDER BY application`.compile(db),
);

export function createOutbox({ read, write }: Access): Outbox {
  return {
    add: ({ application, cause, size, memory, forget: ended }, mails, most) =>
      write(async (db) => {
        await forgetOld.run(db, { application });
        if (ended !== undefined) await forget.run(db, { application, cause: ended });
        if ((await tell.first(db, { application, cause, size, memory })) === undefined) return false;
        if (((await count.first(db, { application }))?.count ?? 0) + mails.length > most) return false;
        for (const mail of mails) await insert.run(db, { application, ...mail });
        return true;
      }),
    take: (application, ms) => write((db) => take.first(db, { application, ms })),
    remove: (n) => write(async (db) => void (await remove.run(db, { n }))),
    postpone: (n, tries, ms) => write(async (db) => void (await postpone.run(db, { n, tries, ms }))),
    async next(application) {
      const ms = (await next.first(read, { application }))?.ms;
      return ms === undefined || ms === null ? undefined : Math.max(0, ms);
    },
    applications: async () => (await applications.all(read, {})).map(({ application }) => application),
  };
}
