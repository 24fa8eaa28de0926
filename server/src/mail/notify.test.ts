import { describe, expect, it } from 'vitest';
import { credentialsNotice } from './credentials-notice.ts';
import type { MailMessage } from './mail.ts';
import type { Notice } from './notice.ts';
import { application, BEGAN, credentialsRefused } from './notices.fixture.ts';
import { createNotifier } from './notify.ts';

const DAY = 24 * 60 * 60_000;

function notifying() {
  const sent: MailMessage[] = [];
  let time = BEGAN;
  const mail = {
    send: async (message: MailMessage) => {
      sent.push(message);
    },
    close: async () => {},
  };
  const notifier = createNotifier({ mail, publicUrl: () => 'https://rollcall.example.org', now: () => time });
  const tell = (notice: Notice, to?: readonly string[]) => notifier.notify(application(to), notice);
  const subjects = () => sent.map(({ subject }) => subject.replace('[Rollcall] CRM: ', ''));
  const pass = (ms: number) => {
    time += ms;
  };
  return { sent, tell, subjects, pass, now: () => time };
}

const entered = { kind: 'quarantineEntered', quarantine: credentialsRefused } as const;
const tooManyDeletes = { ...credentialsRefused, reason: 'TooManyDeletes', code: null, message: '312 wait' } as const;
const staged = { kind: 'removalsStaged', waiting: 312, labels: ['anna'], since: BEGAN } as const;

describe('createNotifier', () => {
  it('writes to the addresses of the application', () => {
    const { sent, tell } = notifying();
    tell(entered, ['ops@example.org', 'hr@example.org']);
    expect(sent.map(({ to }) => to)).toEqual([['ops@example.org', 'hr@example.org']]);
  });

  it('writes to nobody when there are none', () => {
    const { sent, tell } = notifying();
    tell(entered, []);
    expect(sent).toEqual([]);
  });

  it('tells of a quarantine when it begins, when its reason changes and when it ends, once each', () => {
    const { tell, subjects } = notifying();
    const other = { ...credentialsRefused, reason: 'IngestionInterrupted', code: null } as const;
    tell(entered);
    tell({ kind: 'quarantineEntered', quarantine: { ...credentialsRefused, attempts: 1, message: 'again' } });
    tell({ kind: 'quarantineReasonChanged', quarantine: other });
    tell({ kind: 'quarantineReasonChanged', quarantine: other });
    tell({ kind: 'quarantineRecovered', quarantine: other });
    tell({ kind: 'quarantineRecovered', quarantine: other });
    expect(subjects()).toEqual([
      'provisioning is held back',
      'provisioning is still held back, for another reason',
      'provisioning works again',
    ]);
  });

  it('tells of the next quarantine with the same reason, for the last mail said that all is well', () => {
    const { tell, subjects } = notifying();
    tell(entered);
    tell({ kind: 'quarantineRecovered', quarantine: credentialsRefused });
    tell({ kind: 'quarantineEntered', quarantine: { ...credentialsRefused, began: BEGAN + 60_000 } });
    expect(subjects()).toHaveLength(3);
  });

  it('sends one mail, not two, when removals are held', () => {
    const { tell, subjects } = notifying();
    tell({ kind: 'quarantineEntered', quarantine: tooManyDeletes });
    tell(staged);
    expect(subjects()).toEqual(['312 removals wait for your decision']);
  });

  it('writes again about held removals when they are ten times as many, or a day later', () => {
    const { tell, subjects, pass } = notifying();
    tell(staged);
    tell({ ...staged, waiting: 320, since: BEGAN - 1 });
    tell({ ...staged, waiting: 90, labels: ['ben'] });
    expect(subjects()).toHaveLength(1);
    tell({ ...staged, waiting: 3120 });
    expect(subjects()).toHaveLength(2);
    pass(DAY);
    tell(staged);
    expect(subjects()).toHaveLength(3);
  });

  it('writes about removals that are held after the first ones were decided about', () => {
    const { tell, subjects } = notifying();
    tell(staged);
    tell({ kind: 'quarantineRecovered', quarantine: tooManyDeletes });
    tell({ ...staged, waiting: 400 });
    expect(subjects()).toEqual([
      '312 removals wait for your decision',
      'provisioning works again',
      '400 removals wait for your decision',
    ]);
  });

  it('keeps applications apart', () => {
    const sent: string[] = [];
    const mail = { send: async ({ subject }: MailMessage) => void sent.push(subject), close: async () => {} };
    const notifier = createNotifier({ mail, publicUrl: () => 'https://x.example', now: () => BEGAN });
    notifier.notify(application(), entered);
    notifier.notify({ ...application(['a@example.org'], 'Desk'), id: '0191' }, entered);
    expect(sent).toHaveLength(2);
  });

  it('warns 30, 7 and 1 days before credentials expire, once each, however often it is asked', () => {
    const { tell, subjects, pass, now } = notifying();
    const expires = BEGAN + 40 * DAY;
    for (let hour = 0; hour < 41 * 24; hour++) {
      const notice = credentialsNotice(expires, now());
      if (notice !== undefined) tell(notice);
      pass(DAY / 24);
    }
    expect(subjects()).toEqual([
      'the credentials expire in 30 days',
      'the credentials expire in 7 days',
      'the credentials expire in 1 day',
    ]);
  });

  it('warns only of what is due when the date is entered late, and not of what has expired', () => {
    expect(credentialsNotice(BEGAN + 5 * DAY, BEGAN)).toMatchObject({ days: 7 });
    expect(credentialsNotice(BEGAN + 31 * DAY, BEGAN)).toBeUndefined();
    expect(credentialsNotice(BEGAN, BEGAN)).toBeUndefined();
    expect(credentialsNotice(null, BEGAN)).toBeUndefined();
  });
});
