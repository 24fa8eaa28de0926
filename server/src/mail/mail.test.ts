import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createInProcessQueue } from '../jobs/in-process-queue.ts';
import { createDelivery } from './delivery.ts';
import { createMail } from './mail.ts';
import { createMemoryOutbox } from './memory-outbox.fixture.ts';
import { startSmtpServer, type TestSmtpServer } from './smtp-server.fixture.ts';

const SOON = [5, 5, 5, 5];
const message = { to: ['ops@example.org'], subject: 'Hello', text: 'One\nTwo\n' };

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** A log that is kept: lines as objects; `until` resolves when one has the message. */
function keptLog() {
  const lines: { msg: string; [key: string]: unknown }[] = [];
  const waiting: { text: string; resolve: () => void }[] = [];
  const log = pino(
    { level: 'info' },
    {
      write: (text: string) => {
        lines.push(JSON.parse(text));
        for (const { text: wanted, resolve } of waiting) if (text.includes(wanted)) resolve();
      },
    },
  );
  const until = (text: string) => new Promise<void>((resolve) => waiting.push({ text, resolve }));
  return { log, lines, until };
}

async function serve(...given: Parameters<typeof startSmtpServer>): Promise<TestSmtpServer> {
  const server = await startSmtpServer(...given);
  opened.push(server.close);
  return server;
}

const APPLICATION = 7;

/** Mail as a process sends it: `send` resolves when nothing waits any more. */
function mailTo(config: Parameters<typeof createMail>[0], log = keptLog().log, waits = SOON) {
  const mail = createMail(config, log);
  const outbox = createMemoryOutbox();
  const queue = createInProcessQueue(log);
  const delivery = createDelivery({ mail, outbox, queue, log, waits });
  const close = async () => {
    await mail.close();
    await queue.close();
  };
  opened.push(close);
  let told = 0;
  return {
    outbox,
    delivery,
    close,
    async send({ to, ...written }: typeof message) {
      await delivery.begin();
      await delivery.send({ application: APPLICATION, cause: String(++told), size: 0, memory: 1 }, to, written);
      await expect.poll(() => outbox.waiting, { timeout: 10_000, interval: 5 }).toEqual([]);
    },
  };
}

const refusal = (text: string, responseCode: number) => Object.assign(new Error(text), { responseCode });

describe('createMail', () => {
  it('sends plain text to every address, from the sender that is configured', async () => {
    const server = await serve();
    const mail = mailTo({ smtpUrl: server.url, smtpFrom: 'Rollcall <rollcall@example.org>' });
    await mail.send({ ...message, to: ['ops@example.org', 'hr@example.org'] });
    expect(server.mails.map(({ from, to }) => [from, to])).toEqual([
      ['rollcall@example.org', ['ops@example.org']],
      ['rollcall@example.org', ['hr@example.org']],
    ]);
    const [first] = server.mails;
    expect(first?.headers.get('subject')).toBe('Hello');
    expect(first?.headers.get('content-type')).toMatch(/^text\/plain; charset=utf-8/);
    expect(first?.text.trimEnd()).toBe('One\nTwo');
  });

  it('asks absence notes not to answer (RFC 3834 §5)', async () => {
    const server = await serve();
    await mailTo({ smtpUrl: server.url }).send(message);
    expect(server.mails[0]?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('keeps letters of every script in subject and text (RFC 2047)', async () => {
    const server = await serve();
    const subject = '[Rollcall] Bürgerbüro 東京 🎉: hält an';
    await mailTo({ smtpUrl: server.url }).send({ ...message, subject, text: 'Zoë Łukasz 山田\n' });
    expect(server.mails[0]?.headers.get('subject')).toBe(subject);
    expect(server.mails[0]?.text).toContain('Zoë Łukasz 山田');
  });

  it('lets a subject add neither a header nor a recipient', async () => {
    const server = await serve();
    const subject = 'CRM\r\nBcc: evil@example.net\r\n\r\nBody';
    await mailTo({ smtpUrl: server.url }).send({ ...message, subject });
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.to).toEqual(['ops@example.org']);
    expect(server.mails[0]?.headers.has('bcc')).toBe(false);
    expect(server.mails[0]?.headers.get('subject')).toBe('CRM Bcc: evil@example.net Body');
  });

  it.each([
    'a@example.org, b@example.net',
    'a@example.org\r\nRCPT TO:<b@example.net>',
    '<a@example.org>',
    'nobody',
    '',
  ])('sends nothing to what is not one address: %j', async (address) => {
    const server = await serve();
    const { log, lines } = keptLog();
    await mailTo({ smtpUrl: server.url }, log).send({ ...message, to: [address, 'ops@example.org'] });
    expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.org']]);
    expect(lines.filter(({ failure }) => String(failure).includes('not an address'))).toHaveLength(1);
  });

  it('gives up a refused recipient at once, and the others get theirs (RFC 5321 §4.2.1)', async () => {
    const tried: string[] = [];
    const server = await serve({
      onRcptTo({ address }, _session, callback) {
        tried.push(address);
        callback(address.startsWith('gone') ? refusal('No such user', 550) : null);
      },
    });
    const { log, lines } = keptLog();
    await mailTo({ smtpUrl: server.url }, log).send({ ...message, to: ['gone@example.org', 'ops@example.org'] });
    expect(tried).toEqual(['gone@example.org', 'ops@example.org']);
    expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.org']]);
    expect(lines.find(({ msg }) => msg.includes('given up'))).toMatchObject({ to: 'gone@example.org', tries: 1 });
  });

  it('tries again after a refusal for now, such as greylisting (RFC 5321 §4.2.1)', async () => {
    let tries = 0;
    const server = await serve({
      onRcptTo(_address, _session, callback) {
        tries++;
        callback(tries < 3 ? refusal('Try again later', 450) : null);
      },
    });
    await mailTo({ smtpUrl: server.url }).send(message);
    expect(tries).toBe(3);
    expect(server.mails).toHaveLength(1);
  });

  it('sends when a server that was down is up again', async () => {
    const before = await startSmtpServer();
    await before.close();
    const { log, until } = keptLog();
    const mail = mailTo({ smtpUrl: before.url }, log, [200, 200, 200, 200]);
    const failed = until('tried again');
    const sent = mail.send(message);
    await failed;
    const after = await serve({}, before.port);
    await sent;
    expect(after.mails).toHaveLength(1);
  });

  it('gives up after five tries, and says so without the password', async () => {
    const down = await startSmtpServer();
    await down.close();
    const { log, lines } = keptLog();
    const smtpUrl = down.url.replace('smtp://', 'smtp://rollcall:geheim@');
    await mailTo({ smtpUrl }, log).send(message);
    expect(lines.filter(({ msg }) => msg.includes('tried again'))).toHaveLength(4);
    expect(lines.at(-1)).toMatchObject({ level: 50, tries: 5, to: 'ops@example.org', subject: 'Hello' });
    expect(JSON.stringify(lines)).not.toContain('geheim');
  });

  it('signs in with the account of the URL, and sends as it when it is an address', async () => {
    let account: unknown;
    const server = await serve({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, callback) {
        account = { username, password };
        callback(null, { user: username });
      },
    });
    const smtpUrl = server.url.replace('smtp://', 'smtp://ops%40example.org:p%3Aw%40rd@');
    await mailTo({ smtpUrl }).send(message);
    expect(account).toEqual({ username: 'ops@example.org', password: 'p:w@rd' });
    expect(server.mails[0]?.from).toBe('ops@example.org');
  });

  it('gives up at once when the account is refused, and does not log the password', async () => {
    const server = await serve({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth(_auth, _session, callback) {
        callback(refusal('Authentication failed', 535));
      },
    });
    const { log, lines } = keptLog();
    await mailTo({ smtpUrl: server.url.replace('smtp://', 'smtp://ops:geheim@') }, log).send(message);
    expect(lines.at(-1)).toMatchObject({ level: 50, tries: 1 });
    expect(JSON.stringify(lines)).not.toContain('geheim');
  });

  it('sends the mails to one address in their order, and does not let those to others wait', async () => {
    const order: string[] = [];
    let refused = 0;
    const server = await serve({
      onRcptTo({ address }, _session, callback) {
        order.push(address);
        callback(address.startsWith('slow') && ++refused === 1 ? refusal('Try again later', 450) : null);
      },
    });
    const mail = mailTo({ smtpUrl: server.url }, keptLog().log, [50]);
    const first = mail.send({ ...message, to: ['slow@example.org', 'ops@example.org'], subject: 'first' });
    await mail.send({ ...message, to: ['slow@example.org'], subject: 'second' });
    await first;
    expect(order).toEqual(['slow@example.org', 'ops@example.org', 'slow@example.org', 'slow@example.org']);
    expect(server.mails.map((sent) => [sent.to[0], sent.headers.get('subject')])).toEqual([
      ['ops@example.org', 'first'],
      ['slow@example.org', 'first'],
      ['slow@example.org', 'second'],
    ]);
  });

  it('leaves what it could not send to the next process when it is closed', async () => {
    const down = await startSmtpServer();
    await down.close();
    const { log, until } = keptLog();
    const mail = mailTo({ smtpUrl: down.url }, log, [60_000]);
    const failed = until('tried again');
    await mail.delivery.begin();
    const news = { application: APPLICATION, cause: 'a', size: 0, memory: 1 };
    await mail.delivery.send(news, ['ops@example.org'], message);
    await failed;
    await mail.close();
    expect(mail.outbox.waiting).toMatchObject([{ recipient: 'ops@example.org', subject: 'Hello', tries: 1 }]);
  });

  it('logs what it would have sent when no server is configured', async () => {
    const { log, lines } = keptLog();
    const mail = mailTo({}, log);
    await mail.send(message);
    await mail.send({ ...message, to: [] });
    expect(lines.filter(({ text }) => text !== undefined)).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 30, to: 'ops@example.org', subject: 'Hello', text: 'One\nTwo\n' });
  });
});
