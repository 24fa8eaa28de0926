import { isIP } from 'node:net';
import { z } from 'zod';
import { isNetwork } from './auth/network.ts';
import { readRolesOfGroups } from './auth/oidc/role-of-groups.ts';
import { passwordSchema, roleSchema, userNameSchema } from './contract/administrator.ts';

const MINUTE = 60_000;

/** A timer that waits longer fires at once. */
const LONGEST_TIMER = 2_147_483_647;
/** `rollcall@example.org` or `Rollcall <rollcall@example.org>`. */
const SENDER = /^([^\p{Cc}<>@]*<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>|[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+)$/u;
const DATABASE = /^postgres(ql)?:\/\//;
const DATABASE_EXPECTED = 'must be an address such as postgres://user:password@db.example.org/rollcall';
const ADDRESS = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/;

const wholeNumber = (minimum: number) => z.coerce.number().int().min(minimum);
const milliseconds = (minimum: number) => wholeNumber(minimum).max(LONGEST_TIMER);
const address = z
  .string()
  .regex(ADDRESS, 'must be HOST:PORT')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'must have a port up to 65535');
const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (typeof value === 'string' ? value.split(',') : value).map((part) => part.trim()).filter(Boolean),
  );

/** What a process may do. */
export type ProcessRole = 'api' | 'worker';

const isRole = (role: string): role is ProcessRole => role === 'api' || role === 'worker';

const roleOfGroupSchema = z.strictObject({ role: roleSchema, group: z.string().min(1) });

/** Tokens and secrets travel to it; only on one machine nobody can listen. */
function isHttpsOrLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * Everything that can be set from outside. Each key is also a flag of `rollcall serve` (`publicUrl` → `--public-url`)
 * and an environment variable (`ROLLCALL_PUBLIC_URL`); docs/configuration.md is generated from the descriptions.
 */
const settings = z.strictObject({
  data: z.string().min(1).default('./data').describe('Directory of the database, the request log and the keys'),
  databaseUrl: z
    .string()
    .regex(DATABASE, DATABASE_EXPECTED)
    .refine(URL.canParse, DATABASE_EXPECTED)
    .optional()
    .describe(
      'PostgreSQL database to keep everything in instead of the data directory, for several processes; rather not as a flag, which others can see',
    ),
  databaseConnections: wholeNumber(2)
    .default(10)
    .describe(
      'Connections that this process opens to the PostgreSQL database at most, beside a few for its background work',
    ),
  listen: address
    .default('127.0.0.1:8080')
    .describe('Address and port to serve on; beyond loopback only with TLS or a trusted proxy, or with a warning'),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://scim.example.org' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('The address that identity providers use; `meta.location` is made from it, never from the Host header'),
  tlsCert: z.string().optional().describe('File with the TLS certificate chain (PEM); read again when it changes'),
  tlsKey: z.string().optional().describe('File with the private key of the certificate (PEM)'),
  trustedProxies: list
    .refine((networks) => networks.every(isNetwork), 'must be networks such as 10.0.0.0/8')
    .prefault([])
    .describe('Networks (CIDR, comma separated) whose `X-Forwarded-*` headers count'),
  keysFile: z
    .string()
    .optional()
    .describe('File with the signing and encryption keys; default `keys` in the data directory'),
  consoleFiles: z
    .string()
    .optional()
    .describe('Directory of the built console; default the one that comes with Rollcall, if it is built'),
  metricsListen: address
    .optional()
    .describe('Address and port of a listener for `/metrics` alone; without it, `/metrics` needs an API token'),
  maxBody: wholeNumber(1024)
    .default(10 * 1024 * 1024)
    .describe('Largest request body in bytes'),
  requestTimeout: milliseconds(1000)
    .default(30_000)
    .describe('Milliseconds after which a request that has not arrived whole is ended'),
  signInFailures: wholeNumber(1)
    .default(20)
    .describe('Wrong credentials that one address may send in a minute before it gets 429'),
  adminUser: userNameSchema.default('admin').describe('User name of the first administrator, with `--admin-password`'),
  adminPassword: passwordSchema
    .optional()
    .describe(
      'Password of the first administrator, made at the first start instead of the setup link; rather not as a flag, which others can see',
    ),
  oidcIssuer: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://login.example.org' })
    .refine(isHttpsOrLoopback, 'must begin with https')
    .optional()
    .describe('OpenID provider that people may sign in at; the redirect URI there is `{public URL}/api/oidc/callback`'),
  oidcClientId: z.string().min(1).optional().describe('What the OpenID provider knows Rollcall as'),
  oidcClientSecretFile: z.string().optional().describe('File with the secret of that client, where it has one'),
  oidcName: z
    .string()
    .min(1)
    .max(60)
    .default('single sign-on')
    .describe('What the sign-in page calls the OpenID provider'),
  oidcScope: z.string().min(1).default('openid profile email').describe('Scopes to ask for; some want `groups` too'),
  oidcGroupsClaim: z
    .string()
    .min(1)
    .default('groups')
    .describe('Claim with the groups of a person, such as `roles` or `realm_access.roles`'),
  oidcRoles: z
    .union([z.string().transform(readRolesOfGroups), z.array(roleOfGroupSchema)])
    .refine((roles) => roles !== undefined, 'must be roles and groups such as administrator=Rollcall Admins,auditor=*')
    .transform((roles) => roles ?? [])
    .prefault([])
    .describe(
      'Which group has which role: `administrator=Rollcall Admins,operator=Help desk,auditor=*`; `*` is everybody. Looked at at each sign-in, and the highest counts',
    ),
  bulkOperations: wholeNumber(1).default(1000).describe('Operations in one bulk request'),
  searchBudget: milliseconds(10)
    .default(5000)
    .describe('Milliseconds that a search without a fitting index may take before it is refused with `tooMany`'),
  readerThreads: wholeNumber(1).default(2).describe('Threads for searches without a fitting index'),
  cursorTimeout: wholeNumber(60).default(3600).describe('Seconds that a cursor can be continued'),
  logDays: wholeNumber(1).default(90).describe('Days that requests stay in the request log'),
  logRows: wholeNumber(1000).default(1_000_000).describe('Requests that the request log keeps at most'),
  logBytes: wholeNumber(1024 * 1024)
    .default(1024 * 1024 * 1024)
    .describe('Bytes that the request log keeps at most'),
  logBody: wholeNumber(0)
    .default(64 * 1024)
    .describe('Bytes of each body that the request log keeps; the cut is marked'),
  changeDays: wholeNumber(1)
    .default(30)
    .describe('Days that the change feed is kept; a reader that is older starts over'),
  provisioningInterval: wholeNumber(1)
    .max(Math.floor(LONGEST_TIMER / 1000))
    .default(2400)
    .describe('Seconds between two cycles when nothing changes'),
  targets: z
    .enum(['any', 'public'])
    .default('any')
    .describe('Which addresses applications may be at; link-local and metadata addresses never'),
  smtpUrl: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example.org' })
    .optional()
    .describe(
      'Server that mails are sent through; with a password rather not as a flag, which others can see. Without it, mails are only logged',
    ),
  smtpFrom: z
    .string()
    .regex(SENDER, 'must be an address such as rollcall@example.org')
    .optional()
    .describe(
      'Sender of mails; default the user of the SMTP server if that is an address, else `rollcall` at this machine',
    ),
  roles: list
    .refine((roles) => roles.length > 0 && roles.every(isRole), 'must be api, worker or both')
    .transform((roles) => roles.filter(isRole))
    .prefault(['api', 'worker'])
    .describe(
      'What this process does, where several share a PostgreSQL database: `api` serves requests, `worker` works for applications',
    ),
  shutdownTimeout: milliseconds(0)
    .default(10 * 1000)
    .describe('Milliseconds that running requests get when the server stops'),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Level of the program’s own log on standard error'),
});

/** The settings, where those that need each other are there together. */
export const configSchema = settings.superRefine(({ oidcIssuer, oidcClientId, oidcRoles }, issues) => {
  if (oidcIssuer === undefined) return;
  const missing = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message });
  if (oidcClientId === undefined) missing('oidcClientId', 'is needed with --oidc-issuer');
  if (oidcRoles.length === 0) missing('oidcRoles', 'is needed with --oidc-issuer: without roles, nobody gets in');
});

export type Config = z.infer<typeof configSchema>;

/** Whether other machines can reach what listens on this `HOST:PORT`. */
export function listensBeyondLoopback(listen: string): boolean {
  const host = listen.slice(0, listen.lastIndexOf(':')).replace(/^\[|\]$/g, '');
  return !(host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.')));
}

/** Window in which sign-in failures are counted. */
export const SIGN_IN_WINDOW = MINUTE;
