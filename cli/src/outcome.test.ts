import type { LogEntryView } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

const entry = (changes: Partial<LogEntryView>): LogEntryView => ({
  n: 1,
  id: '0198',
  date: '2026-03-01T08:00:00.000Z',
  address: '192.0.2.1',
  method: 'GET',
  url: '/scim/entra/v2/Users',
  status: 200,
  durationMs: 1,
  token: null,
  reason: null,
  requestHeaders: {},
  requestBody: null,
  hasRequestBody: false,
  requestBodyBytes: 0,
  requestBodyCut: 0,
  responseHeaders: {},
  responseBody: null,
  hasResponseBody: false,
  responseBodyBytes: 0,
  responseBodyCut: 0,
  notes: [],
  membersSkipped: 0,
  ...changes,
});

describe('the outcome of a request', () => {
  it('is what the client was told', () => {
    const responseBody = '{"status":"409","scimType":"uniqueness","detail":"userName is taken."}';
    expect(outcome(entry({ status: 409, responseBody }))).toBe('uniqueness: userName is taken.');
    expect(outcome(entry({ status: 404, responseBody: '{"detail":"User 1 not found."}' }))).toBe('User 1 not found.');
  });

  it('is the reason that the client was not told', () => {
    const responseBody = '{"detail":"Authentication failed."}';
    expect(outcome(entry({ status: 401, reason: 'expired token', responseBody }))).toBe('expired token');
  });

  it('names who was skipped and what was straightened, each quirk once', () => {
    const notes = [{ quirk: 'dotted-keys' }, { quirk: 'dotted-keys', detail: 'name.givenName' }, { quirk: 'op-case' }];
    expect(outcome(entry({ notes, membersSkipped: 1 }))).toBe('1 member skipped; dotted-keys op-case');
    expect(outcome(entry({ membersSkipped: 2 }))).toBe('2 members skipped');
  });

  it.each([null, '', 'not JSON', '[1]', '"text"', 'null', '{"detail":5}'])('is nothing for the answer %j', (body) => {
    expect(outcome(entry({ status: 500, responseBody: body }))).toBe('');
  });
});
