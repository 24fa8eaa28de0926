import { describe, expect, it } from 'vitest';
import {
  bo,
  boAtSite,
  LOCKER_SCHEMA,
  lockerType,
  PARKING_SCHEMA,
  patched,
  refused,
  SITE_SCHEMA,
  TENANCY_SCHEMA,
} from '../../test/patching.ts';
import type { Json } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';

const locker = {
  schemas: [LOCKER_SCHEMA, TENANCY_SCHEMA],
  label: '7',
  [TENANCY_SCHEMA]: { tenant: 't', until: '2027-01-01T00:00:00Z' },
};

describe('an extension as the target of a path (AMB-26, C-62)', () => {
  it.each(['add', 'replace'])('%s merges its attributes and adds its URN to schemas (PAT-08)', (op) => {
    const fresh = patched([{ op, path: E, value: { department: 'D' } }]);
    expect(fresh.document).toEqual({ ...bo, schemas: [USER_SCHEMA, E], [E]: { department: 'D' } });
    const merged = patched([{ op, path: E.toUpperCase(), value: { COSTCENTER: '1' } }], { document: boAtSite });
    expect(merged.document[E]).toMatchObject({ department: 'Ops', costCenter: '1' });
  });

  it('takes no notice of schemas inside the extension, also in strict rules', () => {
    const { document } = patched([{ op: 'add', path: E, value: { schemas: [E], department: 'D' } }]);
    expect(document[E]).toEqual({ department: 'D' });
  });

  it('adds the URN with an attribute, and drops it with the last (RES-03)', () => {
    const { document } = patched([{ op: 'add', path: `${E}:department`, value: 'D' }]);
    expect(document.schemas).toEqual([USER_SCHEMA, E]);
    expect(patched([{ op: 'remove', path: `${E}:department` }], { document }).document).toEqual(bo);
  });

  it('remove takes its attributes and its URN away', () => {
    const { document } = patched([{ op: 'remove', path: E }], { document: boAtSite });
    expect(document).not.toHaveProperty([E]);
    expect(document.schemas).toEqual([USER_SCHEMA, SITE_SCHEMA]);
    expect(patched([{ op: 'remove', path: E }]).changed).toBe(false);
  });

  it.each<[Json]>([[null], [[]]])('replace with %j removes it', (value) => {
    expect(patched([{ op: 'replace', path: E, value }], { document: boAtSite }).document).not.toHaveProperty([E]);
  });

  it.each<[Json]>([['x'], [1], [[{ department: 'D' }]], [true]])('refuses %j as its value', (value) => {
    expect(refused([{ op: 'add', path: E, value }]).scimType).toBe('invalidValue');
  });

  it('remove keeps the attributes that are required (table 19.4)', () => {
    const document = {
      ...bo,
      schemas: [USER_SCHEMA, PARKING_SCHEMA],
      [PARKING_SCHEMA]: { plate: 'B-1', colour: 'red' },
    };
    const { document: next } = patched([{ op: 'remove', path: PARKING_SCHEMA }], { document });
    expect(next).toEqual({ ...document, [PARKING_SCHEMA]: { plate: 'B-1' } });
  });

  it('remove refuses what is immutable, and a required extension (PAT-22, PAT-23)', () => {
    expect(refused([{ op: 'remove', path: SITE_SCHEMA }], { document: boAtSite }).scimType).toBe('mutability');
    const removal = refused([{ op: 'remove', path: TENANCY_SCHEMA }], { document: locker, type: lockerType });
    expect(removal.scimType).toBe('mutability');
    expect(removal.detail).toContain(TENANCY_SCHEMA);
    const tenant = refused([{ op: 'remove', path: `${TENANCY_SCHEMA}:tenant` }], {
      document: locker,
      type: lockerType,
    });
    expect(tenant.scimType).toBe('mutability');
    const until = patched([{ op: 'remove', path: `${TENANCY_SCHEMA}:until` }], { document: locker, type: lockerType });
    expect(until.document[TENANCY_SCHEMA]).toEqual({ tenant: 't' });
  });
});
