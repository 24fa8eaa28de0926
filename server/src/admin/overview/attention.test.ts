import type { Quarantine } from '@rollcall/provisioning';
import { describe, expect, it } from 'vitest';
import { attentionSchema } from '../../contract/overview.ts';
import { attentionOf } from './attention.ts';
import type { ApplicationFacts, Facts, IdentityServerFacts, SystemFacts, TokenFacts } from './facts.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const DAY = 86_400_000;
const GIB = 1024 ** 3;
const inDays = (days: number): number => NOW + days * DAY;

const crm: ApplicationFacts = {
  slug: 'crm',
  name: 'CRM',
  state: 'active',
  quarantine: null,
  secretMissing: false,
  expires: null,
  failing: 0,
  staged: 0,
  drift: 0,
  wantsMail: false,
};
const entra: IdentityServerFacts = {
  slug: 'entra',
  name: 'Entra',
  active: true,
  modified: inDays(-10),
  security: 'bearer',
  lastRequest: NOW - 1000,
};
const token: TokenFacts = {
  id: 't1',
  name: 'Entra 2026',
  identityServer: 'entra',
  created: inDays(-365),
  expires: inDays(365),
  revoked: null,
  replacedBy: null,
  lastUsed: NOW - 1000,
};
const system: SystemFacts = {
  dropped: 0,
  disk: { free: 50 * GIB, total: 100 * GIB },
  sendsMail: true,
  publicUrl: 'https://rollcall.example.com',
  beyondLoopback: true,
};
const quarantine: Quarantine = {
  reason: 'EncounteredQuarantineException',
  code: 'Unauthorized',
  message: 'GET /Users answered 401.',
  began: inDays(-2),
  nextAttempt: inDays(0.1),
  attempts: 7,
};

interface Changes {
  readonly application?: Partial<ApplicationFacts>;
  readonly server?: Partial<IdentityServerFacts>;
  readonly tokens?: readonly Partial<TokenFacts>[];
  readonly system?: Partial<SystemFacts>;
}

function attention(changes: Changes) {
  const facts: Facts = {
    now: NOW,
    applications: [{ ...crm, ...changes.application }],
    identityServers: [{ ...entra, ...changes.server }],
    tokens: (changes.tokens ?? [{}]).map((one) => ({ ...token, ...one })),
    system: { ...system, ...changes.system },
  };
  return attentionOf(facts).map((item) => attentionSchema.parse(item));
}

describe('attention', () => {
  it('is asked for nothing when all is well', () => {
    expect(attention({})).toEqual([]);
  });

  it.each<[string, Changes, string, string, string]>([
    [
      'a quarantine, with its reason',
      { application: { state: 'quarantine', quarantine } },
      'error quarantine /applications/crm',
      'Provisioning of "CRM" is held back: changes do not reach it for now.',
      'GET /Users answered 401.',
    ],
    [
      'a quarantine by failures',
      {
        application: {
          state: 'quarantine',
          quarantine: { ...quarantine, code: null, reason: 'EncounteredTotalEscrowThreshold', message: '60 of 100.' },
        },
      },
      'error quarantine /applications/crm',
      'Too many objects fail. 60 of 100.',
      '',
    ],
    [
      'a job that was switched off',
      { application: { state: 'disabled', quarantine } },
      'error switchedOff /applications/crm',
      'Provisioning of "CRM" was switched off: it had been held back for 28 days.',
      '',
    ],
    [
      'removals that are held, once, though the job is in quarantine for them',
      {
        application: {
          staged: 120,
          state: 'quarantine',
          quarantine: { ...quarantine, code: null, reason: 'TooManyDeletes', message: '120 removals wait.' },
        },
      },
      'warning removalsHeld /applications/crm/staged',
      '120 removals wait for a decision before anything is taken away from "CRM"; all else goes on.',
      '',
    ],
    [
      'failing objects',
      { application: { failing: 1 } },
      'warning objectsFail /applications/crm/log?status=failure',
      '1 object fails in "CRM" and will be tried again.',
      '',
    ],
    [
      'drift',
      { application: { drift: 3 } },
      'info drift /applications/crm/drift',
      'Somebody else changed 3 objects in "CRM".',
      '',
    ],
    [
      'credentials that are not there',
      { application: { secretMissing: true, expires: inDays(-1) } },
      'error credentialsMissing /applications/crm/provisioning',
      'The credentials by which Rollcall reaches "CRM" are missing.',
      '',
    ],
    [
      'credentials that have expired',
      { application: { expires: NOW } },
      'error credentialsExpired /applications/crm/provisioning',
      'The credentials by which Rollcall reaches "CRM" expired on 2026-11-29.',
      '',
    ],
    [
      'credentials that expire in a month',
      { application: { expires: inDays(30) } },
      'warning credentialsExpire /applications/crm/provisioning',
      'The credentials by which Rollcall reaches "CRM" expire on 2026-12-29.',
      '',
    ],
    [
      'credentials that expire in three days',
      { application: { expires: inDays(3) } },
      'error credentialsExpire /applications/crm/provisioning',
      '',
      '',
    ],
    [
      'a token that expires in a month',
      { tokens: [{ expires: inDays(30) }] },
      'warning tokenExpires /identity-servers/entra/tokens',
      'The token "Entra 2026" of entra expires on 2026-12-29.',
      '',
    ],
    [
      'a token that is used and expires in three days',
      { tokens: [{ expires: inDays(3) }] },
      'error tokenExpires /identity-servers/entra/tokens',
      '',
      '',
    ],
    [
      'a token that nobody uses and that expires in three days',
      { tokens: [{ expires: inDays(3), lastUsed: null }] },
      'warning tokenExpires /identity-servers/entra/tokens',
      '',
      '',
    ],
    [
      'a token that expired while it was used',
      { tokens: [{ expires: inDays(-1), lastUsed: inDays(-1.5) }] },
      'error tokenExpired /identity-servers/entra/tokens',
      'The token "Entra 2026" of entra expired on 2026-11-28 while it was in use: its requests are refused now.',
      '',
    ],
    [
      'an API token that expired while it was used',
      { tokens: [{ identityServer: null, expires: inDays(-1), lastUsed: inDays(-1.5) }] },
      'error tokenExpired /settings/api-tokens',
      'The API token "Entra 2026" expired on 2026-11-28 while it was in use',
      '',
    ],
    [
      'a token that was replaced and is still used',
      {
        tokens: [
          { expires: inDays(5), replacedBy: 't2' },
          { id: 't2', created: inDays(-2) },
        ],
      },
      'warning replacedTokenUsed /identity-servers/entra/tokens',
      'The token "Entra 2026" of entra was replaced, and is still used; it expires on 2026-12-04.',
      '',
    ],
    [
      'an identity server that is switched off and still asked',
      { server: { active: false } },
      'warning inactiveAsked /identity-servers/entra',
      '"Entra" is switched off, and its identity provider still sends to it: it is answered with 403.',
      '',
    ],
    [
      'an identity server without security',
      { server: { security: 'none' } },
      'warning unprotected /identity-servers/entra',
      '"Entra" asks for no credentials',
      '',
    ],
    [
      'requests that the log has lost',
      { system: { dropped: 12 } },
      'warning requestLogDropped /settings/retention',
      '12 requests could not be written to the request log since the start',
      '',
    ],
    [
      'a disk that is nearly full',
      { system: { disk: { free: 2 * GIB, total: 100 * GIB } } },
      'warning diskNearlyFull /settings/retention',
      'The disk of the data directory is nearly full: 2.0 GiB are free.',
      '',
    ],
    [
      'a disk that is all but full',
      { system: { disk: { free: 0.2 * GIB, total: 100 * GIB } } },
      'error diskNearlyFull /settings/retention',
      '',
      '',
    ],
    [
      'mail that is wanted and cannot be sent',
      { application: { wantsMail: true }, system: { sendsMail: false } },
      'warning noMail /settings/mail',
      '1 application should send mail when a person is needed, and no mail server is configured.',
      '',
    ],
    [
      'an address without TLS that others reach',
      { system: { publicUrl: 'http://rollcall.example.com' } },
      'warning notEncrypted /settings/about',
      'Other machines reach Rollcall, and its address http://rollcall.example.com is not encrypted',
      '',
    ],
  ])('is asked for %s', (_what, changes, wanted, message, also) => {
    const found = attention(changes);
    expect(found.map(({ severity, kind, link }) => `${severity} ${kind} ${link}`)).toEqual([wanted]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.message).toContain(also);
    expect(found[0]?.advice).toMatch(/^[A-Z].*\.$/);
  });

  it.each<[string, Changes]>([
    ['a token that has a month and a day', { tokens: [{ expires: inDays(31) }] }],
    ['a revoked token', { tokens: [{ expires: inDays(1), revoked: inDays(-1) }] }],
    [
      'a token that expired when nobody had used it for long',
      { tokens: [{ expires: inDays(-1), lastUsed: inDays(-9) }] },
    ],
    ['a token that expired long ago', { tokens: [{ expires: inDays(-31), lastUsed: inDays(-31) }] }],
    [
      'a token that was replaced and is used no longer',
      {
        tokens: [
          { expires: inDays(5), replacedBy: 't2', lastUsed: inDays(-3) },
          { id: 't2', created: inDays(-2) },
        ],
      },
    ],
    ['an identity server that nobody asks since it is off', { server: { active: false, modified: NOW } }],
    [
      'an identity server that is off and was asked two days ago',
      { server: { active: false, lastRequest: inDays(-2) } },
    ],
    ['a small disk with a fifth free', { system: { disk: { free: 2 * GIB, total: 10 * GIB } } }],
    ['a big disk with a hundredth free', { system: { disk: { free: 50 * GIB, total: 5000 * GIB } } }],
    ['a disk of which nobody knows', { system: { disk: null } }],
    ['no mail server, when nobody wants mail', { system: { sendsMail: false } }],
    ['no TLS on loopback', { system: { publicUrl: 'http://127.0.0.1:8080', beyondLoopback: false } }],
    ['an application that is being removed', { application: { state: 'removing', failing: 5, staged: 5 } }],
  ])('is not asked for %s', (_what, changes) => {
    expect(attention(changes)).toEqual([]);
  });

  it('is asked for the most urgent first', () => {
    const found = attention({
      application: { drift: 1, failing: 1, secretMissing: true },
      system: { disk: { free: 0, total: GIB } },
    });
    expect(found.map(({ kind }) => kind)).toEqual(['credentialsMissing', 'diskNearlyFull', 'objectsFail', 'drift']);
  });

  it('gives what is the same thing the same id', () => {
    expect(attention({ application: { failing: 1 } })[0]?.id).toBe('objectsFail:crm');
    expect(attention({ application: { failing: 2 } })[0]?.id).toBe('objectsFail:crm');
    expect(attention({ tokens: [{ expires: inDays(3) }] })[0]?.id).toBe('tokenExpires:t1');
  });
});
