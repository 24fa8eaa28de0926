import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { parseMail } from './mail.ts';
import { type SmtpCollector, type SmtpOptions, startSmtp } from './smtp.ts';

const LETTER = {
  from: 'Rollcall <rollcall@acme.example>',
  to: ['mia@acme.example', 'kai@acme.example'],
  subject: 'Quarantäne: „Finance (EMEA)“ wird seit gestern nicht mehr versorgt, weil sehr viele Anfragen scheitern',
  text: `Grüße aus Köln.\n.\n..two dots\n${'long line '.repeat(30)}\n`,
};

let server: SmtpCollector | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options?: SmtpOptions): Promise<SmtpCollector> {
  server = await startSmtp(options);
  return server;
}

describe('the mail server for tests', () => {
  it('keeps envelope, headers and text of what it is sent', async () => {
    const { host, port, received } = await start();
    await createTransport({ host, port, secure: false }).sendMail(LETTER);
    const [mail] = await received(1);
    expect(mail).toMatchObject({
      envelope: { from: 'rollcall@acme.example', to: LETTER.to },
      isSecure: false,
      user: undefined,
      subject: LETTER.subject,
      text: LETTER.text,
      html: undefined,
    });
    expect(mail?.headers.get('to')).toBe('mia@acme.example, kai@acme.example');
  });

  it('takes text and HTML of a multipart mail, in whatever encoding', async () => {
    const { host, port, received } = await start();
    const transport = createTransport({ host, port, secure: false });
    const html = '<p>Grüße &amp; Küsse</p>';
    await transport.sendMail({ ...LETTER, html, textEncoding: 'base64' });
    await transport.sendMail({ ...LETTER, html, textEncoding: 'quoted-printable' });
    const mails = await received(2);
    expect(mails.map(({ text }) => text)).toEqual([LETTER.text, LETTER.text]);
    expect(mails.map((mail) => mail.html)).toEqual([html, html]);
  });

  it('asks for a login and for TLS when it is told to', async () => {
    const login = { user: 'rollcall', password: 'secret' };
    const { host, port, received } = await start({ login, security: 'starttls' });
    const tls = { rejectUnauthorized: false };
    const transport = (pass: string) =>
      createTransport({ host, port, secure: false, requireTLS: true, tls, auth: { user: login.user, pass } });
    await expect(transport('wrong').sendMail(LETTER)).rejects.toThrow(/535/);
    await transport('secret').sendMail(LETTER);
    expect(await received(1)).toMatchObject([{ isSecure: true, user: 'rollcall' }]);
  });

  it('speaks TLS from the first byte on', async () => {
    const { host, port, received } = await start({ security: 'tls' });
    await createTransport({ host, port, secure: true, tls: { rejectUnauthorized: false } }).sendMail(LETTER);
    expect(await received(1)).toMatchObject([{ isSecure: true }]);
  });

  it('refuses recipients as long as it is told to', async () => {
    const collector = await start();
    const { host, port } = collector;
    const transport = createTransport({ host, port, secure: false });
    collector.refuse(451);
    await expect(transport.sendMail(LETTER)).rejects.toThrow(/451/);
    expect(collector.mails()).toEqual([]);
    collector.refuse(undefined);
    await transport.sendMail(LETTER);
    expect(collector.mails()).toHaveLength(1);
    collector.clear();
    await expect(collector.received(1, 20)).rejects.toThrow('0 mails instead of 1');
  });
});

describe('a mail', () => {
  it('is decoded where an encoded word cuts a character in two (RFC 2047 §5)', () => {
    const raw = 'Subject: =?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe_an?= alle\r\n\r\nBody = 1\r\n';
    expect(parseMail(Buffer.from(raw))).toMatchObject({ subject: 'Grüße an alle', text: 'Body = 1\n' });
  });

  it('may have headers alone, or none', () => {
    expect(parseMail(Buffer.from('Subject: x'))).toMatchObject({ subject: 'x', text: '' });
    expect(parseMail(Buffer.from('\r\nbare'))).toMatchObject({ subject: '', text: 'bare' });
  });
});
