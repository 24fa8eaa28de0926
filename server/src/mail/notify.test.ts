import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createInProcessQueue } from '../jobs/in-process-queue.ts';
import { credentialsNotice } from './credentials-notice.ts';
import { createDelivery } from './delivery.ts';
import { createMemoryOutbox } from './memory-outbox.fixture.ts';
import type { Notice } from './notice.ts';
import { application, BEGAN, credentialsRefused } from './notices.fixture.ts';
import { createNotifier } from './notify.ts';

const DAY = 24 * 60 * 60_000;
const log = pino({ level: 'silent' });

function notifying() {
  let time = BEGAN;
  const outbox = createMemoryOutbox(() => time);
  const queue = createInProcessQueue(log);
  const mail = { attempt: async () => undefined, isClosed: () => false };
  const delivery = createDelivery({ mail, outbox, queue, log });
  const notifier = createNotifier({ delivery, publicUrl: () => 'https://rollcall.example.org', log });
  const tell = (notice: Notice, to?: readonly string[]) => notifier.notify(application(to), notice);
  const subjects = () => outbox.waiting.map(({ subject }) => subject.replace('[Rollcall] CRM: ', ''));
  const recipients = () => outbox.waiting.map(({ recipient }) => recipient);
  const pass = (ms: number) => {
    time += ms;
  };
  return { notifier, tell, subjects, recipients, pass, now: () => time };
}

const entered = { kind: 'quarantineEntered', quarantine: credentialsRefused } as const;
const tooManyDeletes = { ...credentialsRefused, reason: 'TooManyDeletes', code: null, message: '312 wait' } as const;
const staged = { kind: 'removalsStaged', waiting: 312, labels: ['anna'], since: BEGAN } as const;

describe('createNotifier', () => {
  it('writes to the addresses of the application', async () => {
    const { recipients, tell } = notifying();
    await tell(entered, ['ops@example.org', 'hr@example.org']);
    expect(recipients()).toEqual(['ops@example.org', 'hr@example.org']);
  });

  it('writes to nobody when there are none', async () => {
    const { recipients, tell } = notifying();
    await tell(entered, []);
    expect(recipients()).toEqual([]);
  });

  it('tells of a quarantine when it begins, when its reason changes and when it ends, once each', async () => {
    const { tell, subjects } = notifying();
    const other = { ...credentialsRefused, reason: 'IngestionInterrupted', code: null } as const;
    await tell(entered);
    await tell({ kind: 'quarantineEntered', quarantine: { ...credentialsRefused, attempts: 1, message: 'again' } });
    await tell({ kind: 'quarantineReasonChanged', quarantine: other });
    await tell({ kind: 'quarantineReasonChanged', quarantine: other });
    await tell({ kind: 'quarantineRecovered', quarantine: other });
    await tell({ kind: 'quarantineRecovered', quarantine: other });
    expect(subjects()).toEqual([
      'provisioning is held back',
      'provisioning is still held back, for another reason',
      'provisioning works again',
    ]);
  });

  it('tells of the next quarantine with the same reason, for the last mail said that all is well', async () => {
    const { tell, subjects } = notifying();
    await tell(entered);
    await tell({ kind: 'quarantineRecovered', quarantine: credentialsRefused });
    await tell({ kind: 'quarantineEntered', quarantine: { ...credentialsRefused, began: BEGAN + 60_000 } });
    expect(subjects()).toHaveLength(3);
  });

  it('sends one mail, not two, when removals are held', async () => {
    const { tell, subjects } = notifying();
    await tell({ kind: 'quarantineEntered', quarantine: tooManyDeletes });
    await tell(staged);
    expect(subjects()).toEqual(['312 removals wait for your decision']);
  });

  it('writes again about held removals when they are ten times as many, or a day later', async () => {
    const { tell, subjects, pass } = notifying();
    await tell(staged);
    await tell({ ...staged, waiting: 320, since: BEGAN - 1 });
    await tell({ ...staged, waiting: 90, labels: ['ben'] });
    expect(subjects()).toHaveLength(1);
    await tell({ ...staged, waiting: 3120 });
    expect(subjects()).toHaveLength(2);
    pass(DAY);
    await tell(staged);
    expect(subjects()).toHaveLength(3);
  });

  it('writes about removals that are held after the first ones were decided about', async () => {
    const { tell, subjects } = notifying();
    await tell(staged);
    await tell({ kind: 'quarantineRecovered', quarantine: tooManyDeletes });
    await tell({ ...staged, waiting: 400 });
    expect(subjects()).toEqual([
      '312 removals wait for your decision',
      'provisioning works again',
      '400 removals wait for your decision',
    ]);
  });

  it('keeps applications apart', async () => {
    const { notifier, subjects } = notifying();
    await notifier.notify(application(), entered);
    await notifier.notify({ ...application(['a@example.org'], 'Desk'), key: 8 }, entered);
    expect(subjects()).toHaveLength(2);
  });

  it('warns 30, 7 and 1 days before credentials expire, once each, however often it is asked', async () => {
    const { tell, subjects, pass, now } = notifying();
    const expires = BEGAN + 40 * DAY;
    for (let hour = 0; hour < 41 * 24; hour++) {
      const notice = credentialsNotice(expires, now());
      if (notice !== undefined) await tell(notice);
      pass(DAY / 24);
    }
    expect(subjects()).toEqual([
      'the credentials expire in 30 days',
      'the credentials expire in 7 days',
      'the credentials expire in 1 day',
    ]);
  });

  it('warns only of what is due when the date is entered late, and not of what has expired', async () => {
    expect(credentialsNotice(BEGAN + 5 * DAY, BEGAN)).toMatchObject({ days: 7 });
    expect(credentialsNotice(BEGAN + 31 * DAY, BEGAN)).toBeUndefined();
    expect(credentialsNotice(BEGAN, BEGAN)).toBeUndefined();
    expect(credentialsNotice(null, BEGAN)).toBeUndefined();
  });
});
