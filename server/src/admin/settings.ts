import type { FastifyInstance } from 'fastify';
import { type InstallationSettingsView, mailTestSchema } from '../contract/settings.ts';
import { senderOf } from '../mail/mail.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

const SMTP_PORTS: Readonly<Record<string, string>> = { 'smtp:': '587', 'smtps:': '465' };

/** `GET /api/settings`: how this installation is set up; and a mail to try its mail server with. */
export async function settings(api: FastifyInstance, context: AdminContext): Promise<void> {
  api.get('/settings', { config: { role: 'auditor' } }, async () => settingsView(context));

  api.post('/settings/mail-test', { config: { role: 'administrator' } }, async (request) => {
    const { to } = mailTestSchema.parse(request.body);
    if (context.config.smtpUrl === undefined) {
      throw new Problem('not-usable', 'No mail server is configured: start Rollcall with ROLLCALL_SMTP_URL.');
    }
    const failure = await context.mail.sendOnce({ to, subject: '[Rollcall] test mail', text: testText(context) });
    if (failure === undefined) return { sent: true };
    const detail = `${failure} See whether ROLLCALL_SMTP_URL and ROLLCALL_SMTP_FROM are what the mail server expects.`;
    throw new Problem('mail-failed', detail);
  });
}

function settingsView({ version, config, publicUrl }: AdminContext): InstallationSettingsView {
  const { listen, data, targets, logDays, logRows, logBytes, logBody, changeDays } = config;
  return {
    version,
    node: process.versions.node,
    publicUrl: publicUrl(),
    listen,
    data,
    mail: mailView(config),
    retention: { logDays, logRows, logBytes, logBody, changeDays },
    oidc: config.oidcIssuer === undefined ? null : { issuer: config.oidcIssuer, name: config.oidcName },
    targets,
  };
}

function mailView({ smtpUrl, smtpFrom }: AdminContext['config']): InstallationSettingsView['mail'] {
  if (smtpUrl === undefined) return { configured: false, from: null, server: null };
  const { protocol, hostname, port } = new URL(smtpUrl);
  const server = `${hostname}:${port === '' ? (SMTP_PORTS[protocol] ?? '') : port}`;
  return { configured: true, from: smtpFrom ?? senderOf(smtpUrl), server };
}

const testText = ({ publicUrl }: AdminContext): string =>
  [
    'This mail was sent to see whether Rollcall can send mail. It can.',
    '',
    'Applications whose settings name this address send mail when a person is needed.',
    '',
    publicUrl(),
    '',
  ].join('\n');
