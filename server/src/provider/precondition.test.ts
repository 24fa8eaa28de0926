import { describe, expect, it } from 'vitest';
import type { StoredResource } from '../store/contract.ts';
import { checkPreconditions } from './precondition.ts';

const stored: StoredResource = {
  seq: 1,
  server: 1,
  type: 'User',
  id: 'u1',
  version: 3,
  created: 0,
  modified: 0,
  label: 'mira',
  document: '{}',
};
const check = (headers: Record<string, string>) => () =>
  checkPreconditions({ header: (name) => headers[name] }, stored);

describe('preconditions of a write', () => {
  it.each(['W/"3"', '"3"', '*', 'W/"1", W/"3"'])('pass with If-Match: %s (RFC 7644 §3.14)', (tag) => {
    expect(check({ 'if-match': tag })).not.toThrow();
  });

  it.each(['W/"2"', '"33"', '3x'])('fail with 412 for If-Match: %s', (tag) => {
    expect(check({ 'if-match': tag })).toThrow(expect.objectContaining({ status: 412 }));
  });

  it('fail with 412 for If-None-Match: * on a resource that exists (RFC 9110 §13.1.2)', () => {
    expect(check({ 'if-none-match': '*' })).toThrow(expect.objectContaining({ status: 412 }));
  });

  it('pass without headers', () => {
    expect(check({})).not.toThrow();
  });
});
