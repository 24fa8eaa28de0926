import { describe, expect, it } from 'vitest';
import { bo, boAtSite, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Compatibility } from '../rules.ts';

const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };

function after(path: string, value?: Json, compatibility: Compatibility = 'strict'): JsonObject {
  const operation = value === undefined ? { op: 'remove', path } : { op: 'remove', path, value };
  return patched([operation], { document: boAtSite, compatibility }).document;
}
const siteAfter = (path: string, value?: Json) => after(`${SITE_SCHEMA}:${path}`, value)[SITE_SCHEMA] as JsonObject;

describe('remove (RFC 7644 §3.5.2.2, table 19.4)', () => {
  it('unassigns single values, sub-attributes and whole lists', () => {
    expect(after('name')).not.toHaveProperty('name');
    expect(after('name.givenName').name).toEqual({ familyName: 'B' });
    expect(after('emails')).not.toHaveProperty('emails');
    expect(siteAfter('contract.notes').contract).not.toHaveProperty('notes');
  });

  it('unassigns a complex value with its last sub-attribute', () => {
    const { document } = patched([
      { op: 'remove', path: 'name.givenName' },
      { op: 'remove', path: 'name.familyName' },
    ]);
    expect(document).not.toHaveProperty('name');
  });

  it('removes the elements that a filter matches, and the attribute with the last', () => {
    expect(after('emails[type eq "work"]').emails).toEqual([home]);
    expect(after('emails[value pr]')).not.toHaveProperty('emails');
    expect(siteAfter('tags[value eq "blue"]').tags).toEqual(['green']);
    expect(siteAfter('tags eq "blue"').tags).toEqual(['green']);
  });

  it('removes a sub-attribute of the matching elements, or of all', () => {
    expect(after('emails[type eq "work"].primary').emails).toEqual([{ value: 'w', type: 'work' }, home]);
    expect(after('emails.type').emails).toEqual([{ value: 'w', primary: true }, { value: 'h' }]);
    expect(after('emails[type eq "work"].display').emails).toEqual([work, home]);
  });

  it.each([
    'title',
    'name.middleName',
    'emails[type eq "fax"]',
    'emails[type eq "fax"].value',
    'roles.type',
    'roles[value eq "r"]',
    `${SITE_SCHEMA}:contract.notes`,
  ])('succeeds for what is not there: %s (AMB-03, AMB-04)', (path) => {
    expect(patched([{ op: 'remove', path }]).changed).toBe(false);
  });

  it('makes no other element primary when the primary goes (PAT-25, AMB-12)', () => {
    expect(after('emails[primary eq true]').emails).toEqual([home]);
  });

  it('refuses what is required, and what is immutable and has a value (PAT-22, PAT-23)', () => {
    const removal = (path: string) => refused([{ op: 'remove', path }], { document: boAtSite });
    for (const path of [
      'userName',
      'schemas',
      `${SITE_SCHEMA}:badge`,
      `${SITE_SCHEMA}:keys`,
      `${SITE_SCHEMA}:keys[value eq "k1"]`,
    ]) {
      expect(removal(path).scimType).toBe('mutability');
    }
    for (const path of [
      'contract.number',
      'contract.start',
      'desks[value eq "d1"].serial',
      'desks.serial',
      'desks.value',
    ]) {
      const error = removal(`${SITE_SCHEMA}:${path}`);
      expect(error.scimType).toBe('mutability');
      expect(error.detail).toContain(path.split('[')[0]);
    }
    expect(patched([{ op: 'remove', path: `${SITE_SCHEMA}:badge` }]).changed).toBe(false);
    expect(siteAfter('desks[value eq "d1"]').desks).toEqual([{ value: 'd2' }]);
    expect(siteAfter('contract')).not.toHaveProperty('contract');
  });
});

describe('remove with a value (AMB-05, PAT-24)', () => {
  it.each<[Json, Json]>([
    [[{ value: 'h' }], [work]],
    [{ value: 'h' }, [work]],
    [{ value: 'H', type: 'Home' }, [work]],
    [[{ value: 'w', primary: true }], [home]],
    [{ value: 'h', primary: false }, [work]],
    [{ type: 'home' }, [work]],
    [{ value: 'h', type: 'work' }, [work, home]],
    [[{ value: 'none' }, { value: 'h' }], [work]],
    [[], [work, home]],
    [[null], [work, home]],
    [{}, [work, home]],
    [{ nosuch: 1 }, [work, home]],
  ])('removes only what is listed: %j', (value, emails) => {
    expect(after('emails', value).emails).toEqual(emails);
  });

  it('removes listed simple values, of attributes and sub-attributes', () => {
    expect(siteAfter('tags', ['BLUE', 'red']).tags).toEqual(['green']);
    expect(siteAfter('tags', ['green', 'blue'])).not.toHaveProperty('tags');
    expect(siteAfter('codes', 'X').codes).toEqual(['x']);
    expect(siteAfter('contract.notes', ['first', 'second']).contract).not.toHaveProperty('notes');
    expect(siteAfter('contract.notes', ['second']).contract).toMatchObject({ notes: ['first'] });
  });

  it('takes null for no value, and lets a filter select', () => {
    expect(after('emails', null)).not.toHaveProperty('emails');
    expect(after('emails[type eq "home"]', [{ value: 'w' }]).emails).toEqual([work]);
    expect(after('name', { givenName: 'A' })).not.toHaveProperty('name');
  });

  it('leaves a note, as the standard knows no value here', () => {
    expect(patched([{ op: 'remove', path: 'emails', value: [{ value: 'h' }] }]).quirks).toEqual(['remove-with-value']);
    expect(patched([{ op: 'remove', path: 'title', value: 'T' }]).quirks).toEqual([]);
  });
});

describe('an element that lost a sub-attribute', () => {
  const document = { ...bo, addresses: [{ type: 'work', primary: true, locality: 'Madrid' }] };
  const operations = [{ op: 'Remove', path: 'addresses[type eq "work"].locality' }];

  it('goes in tolerant rules when only type and primary are left', () => {
    const outcome = patched(operations, { document, compatibility: 'tolerant' });
    expect(outcome.document).not.toHaveProperty('addresses');
    expect(outcome.quirks).toEqual(['emptied-element']);
  });

  it('stays in strict rules until nothing is left', () => {
    expect(patched(operations, { document }).document.addresses).toEqual([{ type: 'work', primary: true }]);
    const all = [...operations, { op: 'remove', path: 'addresses.primary' }, { op: 'remove', path: 'addresses.type' }];
    expect(patched(all, { document }).document).not.toHaveProperty('addresses');
  });
});
