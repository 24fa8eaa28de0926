import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import type { Rules } from '../rules.ts';
import { parseSearchRequest, SEARCH_REQUEST_SCHEMA } from './search-request.ts';

const strict: Rules = { compatibility: 'strict', notes: [] };
const request = (members: Record<string, Json>, rules = strict) =>
  parseSearchRequest({ schemas: [SEARCH_REQUEST_SCHEMA], ...members }, rules);

describe('parseSearchRequest', () => {
  it('reads every member (RFC 7644 §3.4.3, RFC 9865 §3)', () => {
    const members = {
      filter: '(meta.resourceType eq "User" and emails.value eq "m@acme.example") or displayName sw "Fin"',
      attributes: ['userName', 'displayName'],
      excludedAttributes: ['emails'],
      sortBy: 'displayName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 20,
      cursor: '',
    };
    expect(request(members)).toEqual(members);
  });

  it('takes numbers as text in tolerant rules only: SCIM-SDK sends them so', () => {
    const tolerant: Rules = { compatibility: 'tolerant', notes: [] };
    expect(request({ startIndex: '2', count: '5' }, tolerant)).toEqual({ startIndex: 2, count: 5 });
    expect(tolerant.notes.map(({ quirk }) => quirk)).toEqual(['number-as-string', 'number-as-string']);
    expect(() => request({ startIndex: 'two' }, tolerant)).toThrow('startIndex must be an integer');
    expect(() => request({ startIndex: '2' })).toThrow('startIndex must be an integer');
  });

  it('needs no member but schemas (SRC-02)', () => {
    expect(request({})).toEqual({});
  });

  it('reads names and the URN in any case, null as absent, and ignores what it does not know', () => {
    const body = {
      SCHEMAS: [SEARCH_REQUEST_SCHEMA.toUpperCase(), 'urn:example:other'],
      Filter: 'title pr',
      STARTINDEX: 3,
      count: null,
      sortBy: null,
      attributes: null,
      colour: 'blue',
    };
    expect(parseSearchRequest(body, strict)).toEqual({ filter: 'title pr', startIndex: 3 });
  });

  it('reads a comma-separated string as a list of attributes (SRC-04)', () => {
    expect(request({ attributes: 'userName, emails.value,' })).toEqual({ attributes: ['userName', 'emails.value'] });
    expect(request({ excludedAttributes: [' a ', 'b,c', ''] })).toEqual({ excludedAttributes: ['a', 'b', 'c'] });
  });

  it.each([null, 'x', 5, true, [], [{ schemas: [SEARCH_REQUEST_SCHEMA] }]])('refuses the body %j (SRC-05)', (body) => {
    expect(() => parseSearchRequest(body, strict)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'invalidSyntax',
        message: 'The body of a search must be a JSON object.',
      }),
    );
  });

  it.each([
    {},
    { schemas: [] },
    { schemas: null },
    { schemas: SEARCH_REQUEST_SCHEMA },
    { schemas: [5] },
    { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'] },
  ])('refuses %j, which is no search request (SRC-02)', (body) => {
    expect(() => parseSearchRequest(body, strict)).toThrow(
      expect.objectContaining({ scimType: 'invalidSyntax', message: expect.stringContaining(SEARCH_REQUEST_SCHEMA) }),
    );
  });

  it('refuses a member that is given twice in different case (ATT-03)', () => {
    expect(() => request({ filter: 'a pr', Filter: 'b pr' })).toThrow(
      expect.objectContaining({ scimType: 'invalidSyntax', message: expect.stringContaining('Filter') }),
    );
  });

  it.each([
    ['filter', 5, 'filter must be a string.'],
    ['sortBy', ['userName'], 'sortBy must be a string.'],
    ['sortOrder', true, 'sortOrder must be a string.'],
    ['cursor', 1, 'cursor must be a string.'],
    ['startIndex', '1', 'startIndex must be an integer.'],
    ['count', {}, 'count must be an integer.'],
    ['attributes', 5, 'attributes must be an array of strings.'],
    ['attributes', ['userName', 5], 'attributes must be an array of strings.'],
    ['excludedAttributes', [null], 'excludedAttributes must be an array of strings.'],
    ['excludedAttributes', {}, 'excludedAttributes must be an array of strings.'],
  ])('refuses %s of the wrong type, %j (SRC-05)', (name, value, message) => {
    expect(() => request({ [name]: value })).toThrow(expect.objectContaining({ scimType: 'invalidValue', message }));
  });

  it('refuses an empty filter (FIL-27)', () => {
    expect(() => request({ filter: '' })).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }));
  });

  it('reads or refuses any JSON with a SCIM error, without touching prototypes', () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('filter', 'count', 'attributes', '__proto__', 'constructor'), fc.jsonValue()),
    );
    fc.assert(
      fc.property(body, (value) => {
        // JSON text makes `__proto__` an own member, as a request's body does.
        const parsed: Json = JSON.parse(
          `{"schemas":["${SEARCH_REQUEST_SCHEMA}"],"__proto__":{"polluted":1},"x":${JSON.stringify(value)}}`,
        );
        expect(parseSearchRequest(parsed, strict)).toEqual({});
        try {
          parseSearchRequest(value as Json, strict); // fast-check's JsonValue is the same set of values with mutable arrays
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', status: 400 });
        }
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }),
    );
  });
});
