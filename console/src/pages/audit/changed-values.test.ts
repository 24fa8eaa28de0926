import { describe, expect, it } from 'vitest';
import { changedValues } from './changed-values.ts';

describe('what an audit entry changed', () => {
  it('is each value that differs, with its path', () => {
    const before = { name: 'CRM', settings: { guard: { number: 500, percent: 20 }, notify: ['a@x.example'] } };
    const after = { name: 'CRM', settings: { guard: { number: 5, percent: 20 }, notify: [] } };
    expect(changedValues(before, after)).toEqual([
      { path: 'settings.guard.number', before: '500', after: '5' },
      { path: 'settings.notify', before: '["a@x.example"]', after: '[]' },
    ]);
  });

  it('is everything of what was added or removed', () => {
    expect(changedValues(null, { slug: 'crm', active: true })).toEqual([
      { path: 'slug', before: undefined, after: 'crm' },
      { path: 'active', before: undefined, after: 'true' },
    ]);
    expect(changedValues({ slug: 'crm' }, null)).toEqual([{ path: 'slug', before: 'crm', after: undefined }]);
  });

  it('tells null from a value that is not there', () => {
    expect(changedValues({ percent: null }, { percent: 20 })).toEqual([
      { path: 'percent', before: 'null', after: '20' },
    ]);
  });

  it('is nothing where nothing is known, and one value without a name where that is all', () => {
    expect(changedValues(null, null)).toEqual([]);
    expect(changedValues(null, ['user:anna', 'group:Sales'])).toEqual([
      { path: '', before: undefined, after: '["user:anna","group:Sales"]' },
    ]);
  });
});
