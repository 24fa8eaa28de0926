import { createCatalogue, type JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { compileMappings } from '../mapping/compile.ts';
import { defaultMappings } from '../mapping/default-mappings.ts';
import type { ScopingFilter } from '../mapping/model.ts';
import type { Assignment } from '../plan/assessment.ts';
import { assess } from './assess.ts';

const environment = { now: 0, random: (bytes: number) => new Uint8Array(bytes) };
const catalogue = createCatalogue();

function assessed(assignment: Assignment, filters: readonly ScopingFilter[] = [], other: JsonObject = {}) {
  const mappings = defaultMappings();
  const { users } = compileMappings({ ...mappings, users: { ...mappings.users, filters } }, catalogue);
  const document = { id: 'u1', userName: 'mia', active: true, title: 'Engineer', ...other };
  return assess(users, { type: 'User', id: 'u1', version: 1, label: 'mia', document }, assignment, environment);
}

const filter = (name: string, value: string): ScopingFilter => ({
  name,
  clauses: [{ attribute: 'title', operator: 'EQUALS', value }],
});

describe('The scope', () => {
  it.each<[Assignment, string]>([
    [{ kind: 'everyone' }, 'In scope: everyone in the directory is.'],
    [{ kind: 'direct' }, 'In scope: assigned directly.'],
    [{ kind: 'group', path: ['Sales'] }, 'In scope: member of Sales.'],
    [{ kind: 'group', path: ['EMEA', 'Sales'] }, 'In scope: member of Sales through Sales > EMEA.'],
  ])('takes in by %j', (assignment, reason) => {
    const { inScope, reason: said, attributes } = assessed(assignment);
    expect([inScope, said]).toEqual([true, reason]);
    expect(attributes.get('active')).toBe(true);
  });

  it('leaves out who is not assigned, and disables', () => {
    const { inScope, reason, attributes } = assessed({ kind: 'none' });
    expect(inScope).toBe(false);
    expect(reason).toBe('Not in scope: not assigned, directly or through a group.');
    expect(attributes.get('active')).toBe(false);
  });

  it('leaves out who is disabled in the directory, whatever else is', () => {
    const { inScope, reason, attributes, facts } = assessed({ kind: 'direct' }, [], { active: false });
    expect(inScope).toBe(false);
    expect(reason).toBe('Not in scope: the account is disabled in the directory.');
    expect(attributes.get('active')).toBe(false);
    expect(facts).toEqual({ active: false, assignment: { kind: 'direct' }, filters: [] });
  });

  it('takes in an account that does not say whether it is active', () => {
    const users = compileMappings(defaultMappings(), catalogue).users;
    const kai = { type: 'User', id: 'u2', version: 1, label: 'kai', document: { id: 'u2', userName: 'kai' } } as const;
    expect(assess(users, kai, { kind: 'direct' }, environment).inScope).toBe(true);
  });

  it('asks for one of the filters, and says which', () => {
    const filters = [filter('Managers', 'Manager'), filter('Engineers', 'Engineer')];
    const { inScope, reason, facts } = assessed({ kind: 'direct' }, filters);
    expect([inScope, reason]).toEqual([true, 'In scope: assigned directly, and filter Engineers passed.']);
    expect(facts.filters).toEqual([
      { name: 'Managers', passed: false },
      { name: 'Engineers', passed: true },
    ]);
  });

  it('leaves out whom no filter lets pass', () => {
    expect(assessed({ kind: 'direct' }, [filter('Contractors', 'x')]).reason).toBe(
      'Not in scope: filter Contractors did not pass.',
    );
    expect(assessed({ kind: 'direct' }, [filter('A', 'x'), filter('B', 'y')]).reason).toBe(
      'Not in scope: none of the filters A, B passed.',
    );
  });

  it('knows no disabled groups', () => {
    const { groups } = compileMappings(defaultMappings(), catalogue);
    const sales = {
      type: 'Group',
      id: 'g1',
      version: 1,
      label: 'Sales',
      document: { id: 'g1', displayName: 'Sales' },
    } as const;
    const { inScope, attributes } = assess(groups, sales, { kind: 'everyone' }, environment);
    expect(inScope).toBe(true);
    expect(Object.fromEntries(attributes)).toEqual({ displayName: 'Sales', externalId: 'g1' });
  });
});
