import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type Mail, parseMail } from './mail.ts';

export interface SmtpOptions {
  /** Without it nobody need sign in; with it everybody must. */
  readonly login?: { readonly user: string; readonly password: string };
  /** `none` offers no TLS, `starttls` offers it, `tls` speaks nothing else; the certificate is smtp-server's own. */
  readonly security?: 'none' | 'starttls' | 'tls';
}

/** A mail server that keeps what it is sent. */
export interface SmtpCollector {
  readonly host: string;
  readonly port: number;
  /** In the order of arrival. */
  mails(): readonly Mail[];
  /** The mails as soon as there are so many. Throws after `within` milliseconds, 5,000 unless said. */
  received(count: number, within?: number): Promise<readonly Mail[]>;
  /** From now on refuses recipients with this SMTP status, such as 451 or 550; undefined ends it. */
  refuse(status: number | undefined): void;
  clear(): void;
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startSmtp({ login, security = 'none' }: SmtpOptions = {}): Promise<SmtpCollector> {
  let mails: Mail[] = [];
  let refusal: number | undefined;

  const options: SMTPServerOptions = {
    secure: security === 'tls',
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: [...(security === 'starttls' ? [] : ['STARTTLS']), ...(login === undefined ? ['AUTH'] : [])],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (login !== undefined && username === login.user && password === login.password)
        done(null, { user: login.user });
      else done(Object.assign(new Error('Wrong user or password'), { responseCode: 535 }));
    },
    onRcptTo(_address, _session, done) {
      if (refusal === undefined) done();
      else done(Object.assign(new Error('Not now'), { responseCode: refusal }));
    },
    onData(stream, { envelope, secure, user }, done) {
      const { mailFrom, rcptTo } = envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      const to = rcptTo.map(({ address }) => address);
      buffer(stream).then((raw) => {
        const signedIn = user === undefined || user === '' ? undefined : user;
        mails.push({ envelope: { from, to }, isSecure: secure, user: signedIn, ...parseMail(raw) });
        done();
      }, done);
    },
  };
  const server = new SMTPServer(options);
  // A client that breaks off is an error of that connection, not of the test.
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('No port');

  return {
    host: '127.0.0.1',
    port: address.port,
    mails: () => mails,
    async received(count, within = 5000) {
      const until = performance.now() + within;
      while (mails.length < count) {
        if (performance.now() > until) throw new Error(`${mails.length} mails instead of ${count}`);
        await pause(10);
      }
      return mails;
    },
    refuse(status) {
      refusal = status;
    },
    clear() {
      mails = [];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
