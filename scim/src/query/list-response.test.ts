import { describe, expect, it } from 'vitest';
import { LIST_RESPONSE_SCHEMA, listResponse } from './list-response.ts';

describe('listResponse', () => {
  it('holds the resources of a page by index (LST-01, LST-02)', () => {
    const resources = [{ id: 'u3' }, { id: 'u4' }];
    expect(listResponse(resources, { totalResults: 4, startIndex: 3, itemsPerPage: 2 })).toEqual({
      schemas: [LIST_RESPONSE_SCHEMA],
      totalResults: 4,
      startIndex: 3,
      itemsPerPage: 2,
      Resources: resources,
    });
  });

  it('has Resources even when nothing matches (LST-03, C-41)', () => {
    const json = JSON.stringify(listResponse([], { totalResults: 0, startIndex: 1, itemsPerPage: 0 }));
    expect(JSON.parse(json)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('names the neighbouring pages of a walk by cursor, and no startIndex (CUR-04, CUR-06)', () => {
    const frame = { totalResults: 5, itemsPerPage: 1, nextCursor: 'n', previousCursor: 'p' };
    const response = listResponse([{ id: 'u1' }], frame);
    expect(response).toMatchObject({ nextCursor: 'n', previousCursor: 'p' });
    expect(response).not.toHaveProperty('startIndex');
  });

  it('leaves cursors out where there is no such page (CUR-04)', () => {
    const response = listResponse([], { totalResults: 0, itemsPerPage: 0, nextCursor: undefined });
    expect(Object.keys(response)).toEqual(['schemas', 'totalResults', 'itemsPerPage', 'Resources']);
  });
});
