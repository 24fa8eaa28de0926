import type { ApplicationChanges, ApplicationSettingsChanges, ConnectionChanges } from '@rollcall/server/contract';
import { mailsOf, type ProvisioningForm, SECONDS_A_MINUTE, SECONDS_AN_HOUR } from './provisioning-form.ts';

/** Members that may be wrong in a form; the API says so, and its problem is shown at the field. */
type Loose<T> = { readonly [K in keyof T]: unknown };

/** What is to be sent for the connection; undefined when nothing of it differs from what is saved. */
export function connectionChanges(
  form: ProvisioningForm,
  saved: ProvisioningForm,
): Loose<ConnectionChanges> | undefined {
  const [now, before] = [connectionOf(form), connectionOf(saved)];
  const { secret, expires } = form;
  const hasDate = expires !== saved.expires;
  if (same(now, before) && secret === '' && !hasDate) return undefined;
  return {
    ...now,
    // The server forgets the date with the old secret, so that it is said again with a new one.
    ...(hasDate || secret !== ''
      ? { expiresAt: expires === '' ? null : new Date(`${expires}T00:00`).toISOString() }
      : {}),
    ...(secret === '' || form.method === 'none' ? {} : { secret }),
  };
}

/** What is to be sent of name, connection and settings; empty when nothing differs. */
export function provisioningChanges(form: ProvisioningForm, saved: ProvisioningForm): Loose<ApplicationChanges> {
  const connection = connectionChanges(form, saved);
  const before = Object.entries(settingsOf(saved));
  const settings = Object.entries(settingsOf(form)).filter(
    ([name, value]) => !before.some(([other, old]) => other === name && same(value, old)),
  );
  return {
    ...(form.name === saved.name ? {} : { name: form.name }),
    ...(connection === undefined ? {} : { connection }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
  };
}

/** Whether the secret that is saved may go where the form leads; elsewhere the server asks for it anew. */
export function keepsSecret(form: ProvisioningForm, saved: ProvisioningForm): boolean {
  return (
    form.method === saved.method &&
    originOf(form.baseUrl) === originOf(saved.baseUrl) &&
    originOf(form.tokenUrl) === originOf(saved.tokenUrl)
  );
}

function connectionOf({ method, baseUrl, dialect, userName, tokenUrl, clientId, oauthScope }: ProvisioningForm) {
  const credentials = {
    token: { kind: method },
    none: { kind: method },
    basic: { kind: method, userName },
    clientCredentials: { kind: method, tokenUrl, clientId, scope: oauthScope === '' ? null : oauthScope },
  }[method];
  return { baseUrl: baseUrl.trim(), credentials, dialect };
}

function settingsOf(form: ProvisioningForm): Loose<ApplicationSettingsChanges> {
  return {
    scope: form.scope,
    notify: form.notify ? mailsOf(form.mails) : [],
    leaving: form.leaving,
    groupLeaving: form.groupLeaving,
    deleteAfterDays: numberOf(form.deleteAfterDays),
    guard: {
      enabled: form.guardEnabled,
      number: numberOf(form.guardNumber),
      percent: numberOf(form.guardPercent),
    },
    exclusiveGroups: form.exclusiveGroups,
    clearEmpty: form.clearEmpty,
    interval: seconds(form.intervalMinutes, SECONDS_A_MINUTE),
    drift: { every: seconds(form.driftHours, SECONDS_AN_HOUR), share: numberOf(form.driftShare) },
  };
}

/** A number as it is sent; null for an empty field. */
const numberOf = (value: number | string): number | null => (value === '' ? null : Number(value));

function seconds(value: number | string, unit: number): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.round(number * unit);
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
