import type { AttentionView } from '../../contract/overview.ts';
import { applicationAttention } from './application-attention.ts';
import type { Facts, IdentityServerFacts, SystemFacts } from './facts.ts';
import { tokenAttention } from './token-attention.ts';

const DAY = 86_400_000;
const GIB = 1024 ** 3;

const URGENCY: Readonly<Record<AttentionView['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** What needs a person now, each with what to do about it; the most urgent first. */
export function attentionOf(facts: Facts): AttentionView[] {
  const { now, applications, identityServers, tokens, system } = facts;
  const found = [
    ...applications.flatMap((application) => applicationAttention(application, now)),
    ...tokenAttention(tokens, now),
    ...identityServers.flatMap((server) => identityServerAttention(server, now)),
    ...systemAttention(system, applications.filter(({ wantsMail }) => wantsMail).length),
  ];
  return found.toSorted((one, other) => URGENCY[one.severity] - URGENCY[other.severity]);
}

function identityServerAttention(server: IdentityServerFacts, now: number): AttentionView[] {
  const { slug, name, active, modified, security, lastRequest } = server;
  const about = { subject: { kind: 'identityServer', slug, name }, link: `/identity-servers/${slug}` } as const;
  const found: AttentionView[] = [];
  if (!active && lastRequest !== null && lastRequest > Math.max(modified, now - DAY)) {
    found.push({
      ...about,
      id: `inactiveAsked:${slug}`,
      kind: 'inactiveAsked',
      severity: 'warning',
      message: `"${name}" is switched off, and its identity provider still sends to it: it is answered with 403.`,
      advice: 'Switch it on again, or end the provisioning in the identity provider.',
      values: { name },
      since: new Date(lastRequest).toISOString(),
    });
  }
  if (security === 'none' && active) {
    found.push({
      ...about,
      id: `unprotected:${slug}`,
      kind: 'unprotected',
      severity: 'warning',
      message: `"${name}" asks for no credentials: whoever reaches its URL can read and change its users and groups.`,
      advice: 'Set its security to Bearer and give its identity provider a token.',
      values: { name },
      since: null,
    });
  }
  return found;
}

function systemAttention(system: SystemFacts, wantMail: number): AttentionView[] {
  const { dropped, disk, sendsMail, publicUrl, beyondLoopback } = system;
  const about = {
    subject: { kind: 'system', slug: null, name: 'Rollcall' },
    since: null,
    link: '/settings/about',
  } as const;
  const found: AttentionView[] = [];
  // Of a big disk a small share is much: both must be little.
  if (disk !== null && disk.free < disk.total / 10 && disk.free < 5 * GIB) {
    const free = `${(disk.free / GIB).toFixed(1)} GiB`;
    found.push({
      ...about,
      id: 'diskNearlyFull',
      kind: 'diskNearlyFull',
      link: '/settings/retention',
      severity: disk.free < GIB / 2 ? 'error' : 'warning',
      message: `The disk of the data directory is nearly full: ${free} are free. When nothing is, every write is refused.`,
      advice: 'Make room, or keep less: the days and bytes of the request log are options of rollcall serve.',
      values: { free },
    });
  }
  if (dropped > 0) {
    found.push({
      ...about,
      id: 'requestLogDropped',
      kind: 'requestLogDropped',
      link: '/settings/retention',
      severity: 'warning',
      message: `${count(dropped, 'request')} could not be written to the request log since the start; they were answered all the same.`,
      advice: 'See whether the disk is full or slow.',
      values: { count: dropped },
    });
  }
  if (!sendsMail && wantMail > 0) {
    found.push({
      ...about,
      id: 'noMail',
      kind: 'noMail',
      link: '/settings/mail',
      severity: 'warning',
      message: `${count(wantMail, 'application')} should send mail when a person is needed, and no mail server is configured.`,
      advice: 'Start Rollcall with ROLLCALL_SMTP_URL, then send a test mail from the settings.',
      values: { count: wantMail },
    });
  }
  if (beyondLoopback && publicUrl.startsWith('http:')) {
    found.push({
      ...about,
      id: 'notEncrypted',
      kind: 'notEncrypted',
      severity: 'warning',
      message: `Other machines reach Rollcall, and its address ${publicUrl} is not encrypted: tokens and passwords can be read on the way.`,
      advice: 'Give --tls-cert and --tls-key, or put a proxy with TLS in front and say its address with --public-url.',
      values: { publicUrl },
    });
  }
  return found;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
