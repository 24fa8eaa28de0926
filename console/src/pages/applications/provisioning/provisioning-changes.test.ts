import type { ApplicationView } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import { connectionChanges, keepsSecret, provisioningChanges } from './provisioning-changes.ts';
import { editedSince, formOf, mailsOf, type ProvisioningForm, sameForm } from './provisioning-form.ts';

const application: ApplicationView = {
  id: 'a1',
  slug: 'crm',
  name: 'CRM',
  directory: 'hr',
  state: 'paused',
  connection: {
    baseUrl: 'https://crm.example.org/scim/v2',
    credentials: { kind: 'token' },
    dialect: 'rfc',
    expiresAt: null,
  },
  hasSecret: true,
  settings: {
    scope: 'assigned',
    notify: ['it@example.org'],
    leaving: 'disable',
    groupLeaving: 'delete',
    deleteAfterDays: null,
    guard: { enabled: true, number: 500, percent: 20 },
    exclusiveGroups: false,
    clearEmpty: true,
    interval: 2400,
    drift: { every: 86_400, share: 100 },
    driftRules: [],
  },
  profile: null,
  removing: false,
  createdAt: '2026-11-01T00:00:00.000Z',
  modifiedAt: '2026-11-01T00:00:00.000Z',
  warnings: [],
};
const saved = formOf(application);
const changed = (changes: Partial<ProvisioningForm>) => provisioningChanges({ ...saved, ...changes }, saved);

describe('The form of the page Provisioning', () => {
  it('shows what is saved, intervals in minutes and hours', () => {
    expect(saved).toMatchObject({ status: 'off', intervalMinutes: 40, driftHours: 24 });
    expect(saved).toMatchObject({ notify: true, mails: 'it@example.org', guardPercent: 20, deleteAfterDays: '' });
  });

  it('is on while the job runs or is in quarantine, and off otherwise', () => {
    expect(formOf({ ...application, state: 'active' }).status).toBe('on');
    expect(formOf({ ...application, state: 'quarantine' }).status).toBe('on');
    expect(formOf({ ...application, state: 'disabled' }).status).toBe('off');
  });

  it('equals itself only', () => {
    expect(sameForm(saved, formOf(application))).toBe(true);
    expect(sameForm(saved, { ...saved, scope: 'all' })).toBe(false);
  });
});

describe('What is sent when the form is saved', () => {
  it('is nothing when nothing differs', () => {
    expect(changed({})).toEqual({});
  });

  it('is only what differs', () => {
    expect(changed({ scope: 'all', name: 'CRM 2' })).toEqual({ name: 'CRM 2', settings: { scope: 'all' } });
    expect(changed({ guardNumber: 3, guardPercent: '' })).toEqual({
      settings: { guard: { enabled: true, number: 3, percent: null } },
    });
  });

  it('has intervals in seconds, and null for what is empty', () => {
    expect(changed({ intervalMinutes: 1.5, driftHours: '', deleteAfterDays: 30 })).toEqual({
      settings: { interval: 90, drift: { every: null, share: 100 }, deleteAfterDays: 30 },
    });
    expect(changed({ intervalMinutes: '' })).toEqual({ settings: { interval: null } });
  });

  it('is the same second again of an interval that is no whole minute', () => {
    const odd = { ...application, settings: { ...application.settings, interval: 100 } };
    expect(formOf(odd).intervalMinutes).toBe(1.6667);
    expect(provisioningChanges({ ...formOf(odd), intervalMinutes: '1.6667' }, formOf(odd))).toEqual({});
  });

  it('takes addresses with commas or semicolons between, and none when nobody is to be told', () => {
    expect(mailsOf(' a@example.org, b@example.org;c@example.org ')).toEqual([
      'a@example.org',
      'b@example.org',
      'c@example.org',
    ]);
    expect(changed({ notify: false })).toEqual({ settings: { notify: [] } });
  });

  it('leaves the saved secret alone when the field is empty', () => {
    expect(changed({ dialect: 'entra' })).toEqual({
      connection: {
        baseUrl: 'https://crm.example.org/scim/v2',
        credentials: { kind: 'token' },
        dialect: 'entra',
      },
    });
  });

  it('says the date again with a new secret, for the server forgets it with the old one', () => {
    const dated = { ...saved, expires: '2027-03-01' };
    expect(connectionChanges({ ...dated, secret: 'new' }, dated)).toMatchObject({
      secret: 'new',
      expiresAt: new Date('2027-03-01T00:00').toISOString(),
    });
    expect(connectionChanges({ ...saved, secret: 'new' }, saved)).toMatchObject({ secret: 'new', expiresAt: null });
  });

  it('has the members of its kind of credentials and no secret for none', () => {
    expect(changed({ method: 'none', secret: 'old' })).toMatchObject({
      connection: { credentials: { kind: 'none' } },
    });
    expect(changed({ method: 'none', secret: 'old' })).not.toHaveProperty('connection.secret');
    const oauth = { tokenUrl: 'https://login.example.org/token', clientId: 'rollcall', oauthScope: '' };
    expect(changed({ method: 'clientCredentials', secret: 'x', ...oauth })).toMatchObject({
      connection: {
        credentials: {
          kind: 'clientCredentials',
          tokenUrl: 'https://login.example.org/token',
          clientId: 'rollcall',
          scope: null,
        },
        secret: 'x',
      },
    });
  });
});

describe('The saved secret', () => {
  it('is kept for another path of the host, and for nothing else', () => {
    expect(keepsSecret({ ...saved, baseUrl: 'https://crm.example.org/scim' }, saved)).toBe(true);
    expect(keepsSecret({ ...saved, baseUrl: 'https://other.example.org/scim/v2' }, saved)).toBe(false);
    expect(keepsSecret({ ...saved, method: 'basic' }, saved)).toBe(false);
  });
});

describe('what was edited while the form was saved', () => {
  it('stays in the draft; what was saved leaves it', () => {
    const sent: ProvisioningForm = { ...formOf(application), name: 'CRM 2', scope: 'all' };
    expect(editedSince(sent, { name: 'CRM 2', scope: 'assigned' })).toEqual({ scope: 'assigned' });
    expect(editedSince(sent, { name: 'CRM 2', scope: 'all' })).toEqual({});
  });
});
