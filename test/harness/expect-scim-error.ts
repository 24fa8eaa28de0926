import type { ScimType } from '@rollcall/scim';
import { expect } from 'vitest';
import { ERROR } from './scim-client.ts';
import type { Answer } from './send.ts';
import { textAt } from './value-at.ts';

/**
 * Expects the error body of RFC 7644 §3.12 and nothing beside it: `status` as text, the keyword or none, and words.
 * Returns the words.
 */
export function expectScimError(answer: Answer, status: number, scimType?: ScimType): string {
  const keyword = scimType === undefined ? {} : { scimType };
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { schemas: [ERROR], status: String(status), ...keyword, detail: expect.stringMatching(/\S/) },
  });
  expect(answer.headers['content-type']).toBe('application/scim+json');
  return textAt(answer.body, '$.detail');
}
