import { afterEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../contract/problem.ts';
import { installationSettingsSchema, mailTestedSchema } from '../contract/settings.ts';
import { startSmtpServer } from '../mail/smtp-server.fixture.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall | undefined;
afterEach(async () => {
  await rollcall?.close();
  rollcall = undefined;
});

const ADMIN = { to: 'admin@example.com' };

describe('GET /api/settings', () => {
  it('says how the installation is set up', async () => {
    rollcall = await openTestRollcall({ logDays: 7, targets: 'public' });
    expect(await rollcall.ask(installationSettingsSchema, 'GET', '/settings')).toMatchObject({
      node: process.versions.node,
      publicUrl: rollcall.url,
      listen: '127.0.0.1:0',
      data: `${rollcall.directory}/data`,
      mail: { configured: false, from: null, server: null },
      retention: { logDays: 7, logRows: 1_000_000, logBytes: 1_073_741_824, logBody: 65_536, changeDays: 30 },
      oidc: null,
      targets: 'public',
    });
  });

  it('shows where mail goes, and not the password', async () => {
    rollcall = await openTestRollcall({ smtpUrl: 'smtps://mailer%40example.com:hush-hush@mail.example.com' });
    const { status, text } = await rollcall.send('GET', '/settings');
    expect(status).toBe(200);
    expect(installationSettingsSchema.parse(JSON.parse(text)).mail).toEqual({
      configured: true,
      from: 'mailer@example.com',
      server: 'mail.example.com:465',
    });
    expect(text).not.toContain('hush');
  });
});

describe('POST /api/settings/mail-test', () => {
  it('sends one mail, and says so when the server has taken it', async () => {
    const smtp = await startSmtpServer();
    try {
      rollcall = await openTestRollcall({ smtpUrl: smtp.url, smtpFrom: 'rollcall@example.com' });
      expect(await rollcall.ask(mailTestedSchema, 'POST', '/settings/mail-test', ADMIN)).toEqual({ sent: true });
      expect(smtp.mails.map(({ from, to }) => ({ from, to }))).toEqual([
        { from: 'rollcall@example.com', to: ['admin@example.com'] },
      ]);
      expect(smtp.mails[0]?.headers.get('subject')).toBe('[Rollcall] test mail');
      expect(smtp.mails[0]?.text).toContain(rollcall.url);
    } finally {
      await smtp.close();
    }
  });

  it('says what the server has answered, and what to look at', async () => {
    const refusal = Object.assign(new Error('5.1.1 nobody of this name'), { responseCode: 550 });
    const smtp = await startSmtpServer({ onRcptTo: (_address, _session, callback) => callback(refusal) });
    try {
      rollcall = await openTestRollcall({ smtpUrl: smtp.url, smtpFrom: 'rollcall@example.com' });
      const { status, text } = await rollcall.send('POST', '/settings/mail-test', ADMIN);
      const problem = problemSchema.parse(JSON.parse(text));
      expect([status, problem.type]).toEqual([502, '/problems/mail-failed']);
      expect(problem.detail).toContain('nobody of this name');
      expect(problem.detail).toContain('ROLLCALL_SMTP_URL');
    } finally {
      await smtp.close();
    }
  });

  it('says that there is no mail server, and takes one address only', async () => {
    rollcall = await openTestRollcall();
    const none = await rollcall.send('POST', '/settings/mail-test', ADMIN);
    expect([none.status, problemSchema.parse(JSON.parse(none.text)).type]).toEqual([409, '/problems/not-usable']);
    for (const to of ['', 'nobody', 'a@example.com, b@example.com', 'a@example.com\nBcc: b@example.com']) {
      expect((await rollcall.send('POST', '/settings/mail-test', { to })).status).toBe(400);
    }
  });
});
