import { describe, expect, it } from 'vitest';
import { subjectName } from './subject-name.ts';

const ID = '01a227bb-9b25-74b5-a39c-7d0c2e4cf1bb';

describe('the subject of an audit entry', () => {
  it('is its slug', () => {
    expect(subjectName({ subject: 'crm', before: { name: 'Old' }, after: { name: 'CRM' } })).toBe('crm');
  });

  it('is the name in the entry where there is only an id, else the id', () => {
    expect(subjectName({ subject: ID, before: null, after: { id: ID, name: 'Entra 2026' } })).toBe('Entra 2026');
    expect(subjectName({ subject: ID, before: { userName: 'mira' }, after: null })).toBe('mira');
    expect(subjectName({ subject: ID, before: null, after: { state: 'revoked' } })).toBe(ID);
  });
});
