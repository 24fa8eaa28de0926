import { ScimError } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { parseBody } from './body.ts';

const failure = (text: string): ScimError => {
  try {
    parseBody(text);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('It was accepted');
};

describe('parseBody', () => {
  it('parses JSON', () => {
    expect(parseBody('{"a": [1, "}"]}')).toEqual({ a: [1, '}'] });
  });

  it.each(['', '{', '{"a":}', 'nonsense', '{"a":1}x'])('refuses %j with invalidSyntax (RFC 7644 §3.12)', (text) => {
    expect(failure(text)).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it('says where the mistake is, without repeating what stands there', () => {
    const { message } = failure('{"password": hunter2}');
    expect(message).toContain('h stands where it cannot');
    expect(failure('{"a": "b" "c"}').message).toContain('character 11');
    expect(message).not.toContain('hunter2');
  });

  it('refuses deep nesting before it is parsed', () => {
    expect(failure('['.repeat(100_000)).message).toContain('nested');
    expect(failure(`${'{"a":'.repeat(41)}1${'}'.repeat(41)}`).message).toContain('nested');
  });

  it('refuses objects whose names differ more than those of users do, but not many of one shape', () => {
    const object = (names: readonly number[]) => `{${names.map((name) => `"a${name}":1`).join()}}`;
    const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
    expect(failure(object(names(20_000))).message).toContain('differ too much');
    const orders = names(300).map((first) => object(names(100).map((name) => (first + name * 7) % 300)));
    expect(failure(`[${orders.join()}]`).message).toContain('differ too much');
    expect(parseBody(`[${orders.slice(0, 100).join()}]`)).toHaveLength(100);
    expect(parseBody(`[${'{"value":"x"},'.repeat(50_000)}1]`)).toHaveLength(50_001);
  });

  it('does not count brackets inside strings', () => {
    expect(parseBody(`{"a":"${'['.repeat(100)}\\"${'{'.repeat(100)}"}`)).toBeTruthy();
  });
});
