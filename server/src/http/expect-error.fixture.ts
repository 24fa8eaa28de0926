import { expect } from 'vitest';
import type { Answer } from './send.fixture.ts';
import { textAt } from './value-at.fixture.ts';

/** The answer must be a whole SCIM error (RFC 7644 §3.12) of this status and keyword; says its `detail`. */
export function expectError(answer: Answer, status: number, scimType?: string): string {
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/scim+json',
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect(answer.body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: expect.stringMatching(/./),
  });
  return textAt(answer.body, 'detail');
}
