import type { Outbox, WaitingMail } from '../store/work-contract.ts';

interface Waiting extends WaitingMail {
  due: number;
}

/** An outbox in memory, by a clock of the test's. */
export function createMemoryOutbox(now: () => number = Date.now): Outbox & { readonly waiting: readonly Waiting[] } {
  const waiting: Waiting[] = [];
  const told = new Map<string, { readonly until: number; readonly size: number }>();
  let last = 0;
  const heads = (application: number) =>
    waiting.filter(
      (mail, index) =>
        mail.application === application &&
        !waiting.slice(0, index).some((one) => one.application === application && one.recipient === mail.recipient),
    );
  return {
    waiting,
    async add({ application, cause, size, memory, forget }, mails, most) {
      if (forget !== undefined) told.delete(`${application} ${forget}`);
      const known = told.get(`${application} ${cause}`);
      if (known !== undefined && known.until > now() && known.size >= size) return false;
      told.set(`${application} ${cause}`, { until: now() + memory, size });
      if (waiting.length + mails.length > most) return false;
      for (const mail of mails) waiting.push({ n: ++last, application, ...mail, tries: 0, due: now() });
      return true;
    },
    async take(application, ms) {
      const mail = heads(application).find(({ due }) => due <= now());
      if (mail !== undefined) mail.due = now() + ms;
      return mail;
    },
    async remove(n) {
      waiting.splice(
        waiting.findIndex((mail) => mail.n === n),
        1,
      );
    },
    async postpone(n, tries, ms) {
      const index = waiting.findIndex((mail) => mail.n === n);
      const mail = waiting[index];
      if (mail !== undefined) waiting[index] = { ...mail, tries, due: now() + ms };
    },
    async next(application) {
      const due = heads(application).map((mail) => mail.due);
      return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - now());
    },
    applications: async () => [...new Set(waiting.map(({ application }) => application))],
  };
}
