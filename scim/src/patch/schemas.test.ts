import { describe, expect, it } from 'vitest';
import { bo, boAtSite, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';

describe('operations on schemas, which says what is in the document (RFC 7643 §3)', () => {
  it.each<Json>([
    { op: 'add', path: 'schemas', value: E },
    { op: 'add', path: 'schemas', value: [E.toUpperCase()] },
    { op: 'add', path: 'schemas', value: null },
    { op: 'replace', path: 'schemas', value: [USER_SCHEMA, E] },
    { op: 'replace', value: { schemas: [USER_SCHEMA] } },
    { op: 'remove', path: 'schemas', value: [E] },
    { op: 'remove', path: 'schemas[value eq "urn:nosuch"]' },
  ])('%j changes nothing by itself', (operation) => {
    expect(patched([operation]).changed).toBe(false);
  });

  it('ignores schemas in an object of tolerant rules, so that a whole resource can be sent back (V9)', () => {
    const operations = [{ op: 'replace', value: { schemas: [USER_SCHEMA], title: 'T' } }];
    const outcome = patched(operations, { document: boAtSite, compatibility: 'tolerant' });
    expect(outcome.document).toEqual({ ...boAtSite, title: 'T' });
    expect(outcome.quirks).toEqual(['read-only-in-value']);
  });

  it.each<Json>([
    { op: 'remove', path: 'schemas', value: [E] },
    { op: 'remove', path: 'schemas', value: E.toUpperCase() },
    { op: 'remove', path: `schemas[value eq "${E}"]` },
    { op: 'remove', path: `schemas eq "${E}"` },
  ])('%j removes the extension (E 7122)', (operation) => {
    const { document } = patched([operation], { document: boAtSite });
    expect(document).not.toHaveProperty([E]);
    expect(document.schemas).toEqual([USER_SCHEMA, SITE_SCHEMA]);
  });

  it.each<[Json, string]>([
    [{ op: 'remove', path: 'schemas' }, 'mutability'],
    [{ op: 'remove', path: 'schemas', value: [USER_SCHEMA] }, 'mutability'],
    [{ op: 'remove', path: 'schemas[value co "core"]' }, 'mutability'],
    [{ op: 'replace', path: 'schemas', value: [] }, 'mutability'],
    [{ op: 'replace', path: 'schemas', value: null }, 'mutability'],
    [{ op: 'add', path: 'schemas', value: 7 }, 'invalidValue'],
    [{ op: 'add', path: 'schemas', value: ['urn:nosuch'] }, 'invalidValue'],
  ])('refuses %j with %s', (operation, scimType) => {
    expect(refused([operation]).scimType).toBe(scimType);
  });

  it('takes an unknown URN in tolerant rules without storing it', () => {
    const operations = [{ op: 'add', path: 'schemas', value: ['urn:nosuch'] }];
    expect(patched(operations, { compatibility: 'tolerant' }).document).toBe(bo);
  });
});
