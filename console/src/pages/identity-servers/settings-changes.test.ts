import type { IdentityServerView } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import { changesOf, faultsOf, withDraft } from './settings-changes.ts';

const entra: IdentityServerView = {
  id: '01a227b3-6889-7f33-8c17-2e42771193eb',
  slug: 'entra',
  name: 'Entra ID',
  scimUrl: 'https://scim.example.com/scim/entra/v2',
  active: true,
  default: false,
  security: 'bearer',
  compatibility: 'tolerant',
  saveRequests: true,
  defaultPageSize: 100,
  maxPageSize: 1000,
  rateLimit: 0,
  groupPatchAnswer: 'auto',
  uniqueGroupNames: true,
  uniqueExternalIds: false,
  restoreInactive: false,
  userName: null,
  removing: false,
  createdAt: '2026-11-29T14:00:00.000Z',
  modifiedAt: '2026-11-29T14:00:00.000Z',
  warnings: [],
};

describe('the form of settings', () => {
  it('sends what differs and nothing else', () => {
    expect(changesOf(entra, { name: 'Entra', active: true, rateLimit: 25 })).toEqual({ name: 'Entra', rateLimit: 25 });
  });

  it('has nothing to send when a change was taken back', () => {
    expect(changesOf(entra, { default: false, security: 'bearer' })).toEqual({});
  });

  it('shows what was typed over what the server has', () => {
    const values = withDraft(entra, { maxPageSize: '' });
    expect([values.name, values.maxPageSize]).toEqual(['Entra ID', '']);
  });

  it('finds nothing wrong with what the server has', () => {
    expect(faultsOf(withDraft(entra, {}))).toEqual({});
  });

  it('refuses an empty name, an empty slug and numbers outside of their range', () => {
    const draft = { name: ' ', slug: '', maxPageSize: '', rateLimit: 100_001, defaultPageSize: 1.5 } as const;
    expect(faultsOf(withDraft(entra, draft))).toEqual({
      name: 'required',
      slug: 'required',
      maxPageSize: 'number',
      rateLimit: 'number',
      defaultPageSize: 'number',
    });
  });

  it('refuses a default page that is larger than the largest', () => {
    expect(faultsOf(withDraft(entra, { maxPageSize: 50 }))).toEqual({ defaultPageSize: 'pageSizes' });
  });
});
