import type { ApplicationView } from '@rollcall/server/contract';

export type Method = 'token' | 'basic' | 'clientCredentials' | 'none';

/** What the page Provisioning asks, as it stands in its fields. A number that is empty is ''. */
export interface ProvisioningForm {
  readonly name: string;
  readonly status: 'off' | 'on';
  readonly method: Method;
  readonly baseUrl: string;
  /** Empty: the saved one stays. */
  readonly secret: string;
  readonly userName: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly oauthScope: string;
  readonly dialect: 'rfc' | 'entra';
  /** Day of the reader's calendar, such as 2027-03-01; empty is never. */
  readonly expires: string;
  readonly notify: boolean;
  readonly mails: string;
  readonly guardEnabled: boolean;
  readonly guardNumber: number | string;
  readonly guardPercent: number | string;
  readonly scope: 'all' | 'assigned';
  readonly leaving: 'disable' | 'delete' | 'ignore';
  readonly groupLeaving: 'delete' | 'ignore';
  readonly deleteAfterDays: number | string;
  readonly exclusiveGroups: boolean;
  readonly clearEmpty: boolean;
  readonly intervalMinutes: number | string;
  readonly driftHours: number | string;
  readonly driftShare: number | string;
}

export const SECONDS_A_MINUTE = 60;
export const SECONDS_AN_HOUR = 3600;

/** The fields as they are saved. */
export function formOf({ name, state, connection, settings }: ApplicationView): ProvisioningForm {
  const credentials = connection?.credentials ?? { kind: 'token' };
  const isOAuth = credentials.kind === 'clientCredentials';
  const { guard, drift } = settings;
  return {
    name,
    status: state === 'active' || state === 'quarantine' ? 'on' : 'off',
    method: credentials.kind,
    baseUrl: connection?.baseUrl ?? '',
    secret: '',
    userName: credentials.kind === 'basic' ? credentials.userName : '',
    tokenUrl: isOAuth ? credentials.tokenUrl : '',
    clientId: isOAuth ? credentials.clientId : '',
    oauthScope: isOAuth ? (credentials.scope ?? '') : '',
    dialect: connection?.dialect ?? 'rfc',
    expires: dayOf(connection?.expiresAt ?? null),
    notify: settings.notify.length > 0,
    mails: settings.notify.join(', '),
    guardEnabled: guard.enabled,
    guardNumber: guard.number,
    guardPercent: guard.percent ?? '',
    scope: settings.scope,
    leaving: settings.leaving,
    groupLeaving: settings.groupLeaving,
    deleteAfterDays: settings.deleteAfterDays ?? '',
    exclusiveGroups: settings.exclusiveGroups,
    clearEmpty: settings.clearEmpty,
    intervalMinutes: shortened(settings.interval / SECONDS_A_MINUTE),
    driftHours: drift.every === null ? '' : shortened(drift.every / SECONDS_AN_HOUR),
    driftShare: drift.share,
  };
}

/** So many decimals as it takes to be the same second again. */
const shortened = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Whether two forms ask for the same. */
export const sameForm = (a: ProvisioningForm, b: ProvisioningForm): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The addresses of a list that people wrote with commas or semicolons between. */
export const mailsOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((mail) => mail.trim())
    .filter((mail) => mail !== '');

/** A date as a field of a form has it: the day in the reader's time zone. */
function dayOf(date: string | null): string {
  if (date === null) return '';
  const at = new Date(date);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}

/** Of a draft what is no longer as it was when the form was sent: it was edited while that was saved. */
export function editedSince(sent: ProvisioningForm, draft: Partial<ProvisioningForm>): Partial<ProvisioningForm> {
  const values: Readonly<Record<string, unknown>> = { ...sent };
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => values[name] !== value));
}
