import { expect, it } from 'vitest';
import { notFound } from '../error.ts';
import { BULK_RESPONSE_SCHEMA, bulkResponse } from './response.ts';

it('lists results in the order of the request, status as a string and nothing that does not apply (BLK-03, BLK-04)', () => {
  const none = { bulkId: undefined, location: undefined, version: undefined, response: undefined };
  const error = { ...notFound('There is no user 1.').toJSON() };
  const results = [
    { ...none, index: 2, method: undefined, status: 400, response: { detail: 'x' } },
    { ...none, index: 1, method: 'DELETE', location: 'https://sp.example/v2/Users/1', status: 404, response: error },
    {
      ...none,
      index: 0,
      method: 'POST',
      bulkId: 'u1',
      location: 'https://sp.example/v2/Users/a',
      version: 'W/"1"',
      status: 201,
    },
  ];
  expect(bulkResponse(results)).toEqual({
    schemas: [BULK_RESPONSE_SCHEMA],
    Operations: [
      { method: 'POST', bulkId: 'u1', location: 'https://sp.example/v2/Users/a', version: 'W/"1"', status: '201' },
      { method: 'DELETE', location: 'https://sp.example/v2/Users/1', status: '404', response: error },
      { status: '400', response: { detail: 'x' } },
    ],
  });
});
