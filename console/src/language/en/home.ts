import type { AttentionView } from '@rollcall/server/contract';

const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

type Values = Readonly<Record<string, string | number>>;

/** Sentences in place of the server's, which are English. */
type AttentionTexts = {
  readonly [Kind in AttentionView['kind']]?: (values: Values) => { message: string; advice: string };
};

const attentionOf: AttentionTexts = {};

export const home = {
  title: 'Home',
  welcome: 'There is nothing here yet. Begin with one of the two ends; the other can come later.',
  firstServer: {
    title: 'Let a provider push users in',
    advice:
      'Entra ID, Okta or another identity provider sends its users and groups to an identity server: it has a URL and a token of its own.',
    action: 'Add an identity server',
  },
  firstApplication: {
    title: 'Provision an application',
    advice:
      'Rollcall keeps the users and groups of an application equal to a directory: an identity server that a provider or a file feeds.',
    action: 'Add an application',
  },
  attention: 'Needs attention',
  nothing: 'Nothing needs you now.',
  attentionOf,
  severity: { error: 'Error', warning: 'Warning', info: 'Notice' },
  subject: { application: 'application', identityServer: 'identity server', token: 'token', system: 'installation' },
  see: 'Open',
  goTo: (name: string, what: string) => `Open: ${what} ${name}`,
  bothEnds: 'Both ends',
  provisionedFrom: (name: string) => `Applications that are provisioned from ${name}`,
  noDirectory: 'Not the directory of an application:',
  holds: (users: number, groups: number) => `${count(users, 'user')}, ${count(groups, 'group')}`,
  inactive: 'Inactive',
  noRequests: 'No requests in 24 hours',
  requests24h: (requests: number, errors: number) =>
    `${count(requests, 'request')} in 24 hours, ${errors === 0 ? 'no errors' : count(errors, 'error')}`,
  failing: (n: number) => `${count(n, 'object')} failing`,
  staged: (n: number) => count(n, 'staged deletion'),
  drifted: (n: number) => `drift in ${count(n, 'object')}`,
  progressOf: (name: string) => `Progress of the cycle of ${name}`,
  state: {
    notConfigured: 'Not configured',
    notRun: 'Not started',
    active: 'Active',
    paused: 'Stopped',
    quarantine: 'Quarantine',
    disabled: 'Switched off',
    removing: 'Being removed',
    running: 'Cycle running',
    removalsHeld: 'Removals held',
    failing: 'Active, with failures',
  },
  requests: 'Requests',
  span: 'Span of time',
  day: '24 hours',
  week: '7 days',
  succeeded: 'Succeeded',
  clientErrors: 'Refused (4xx)',
  serverErrors: 'Failed (5xx)',
  requestTotals: ({
    total,
    clientErrors,
    serverErrors,
  }: {
    readonly total: number;
    readonly clientErrors: number;
    readonly serverErrors: number;
  }) =>
    `${count(total, 'request')}, ${clientErrors.toLocaleString('en')} refused (4xx), ${serverErrors.toLocaleString('en')} failed (5xx).`,
};
