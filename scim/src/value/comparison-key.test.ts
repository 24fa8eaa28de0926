import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { attribute } from '../schema/attribute.ts';
import { userSchema } from '../schema/core/user.ts';
import { compareKeys, comparisonKey } from './comparison-key.ts';

const title = attribute('title', 'string', '');
const code = attribute('code', 'string', '', { caseExact: true });
const userName = userSchema.attributes.find(({ name }) => name === 'userName') ?? title;
const quota = attribute('quota', 'decimal', '');
const hired = attribute('hired', 'dateTime', '');
const certificate = attribute('certificate', 'binary', '');
const active = attribute('active', 'boolean', '');

describe('comparisonKey', () => {
  it('folds strings unless they are case-exact (RFC 7644 §3.4.2.2)', () => {
    expect(comparisonKey(title, 'Ä')).toBe(comparisonKey(title, 'a\u0308'));
    expect(comparisonKey(code, 'Ä')).toBe('Ä');
    expect(comparisonKey(attribute('page', 'reference', ''), 'https://A')).toBe('https://A');
  });

  it('prepares user names and leaves other strings their width (RFC 7643 §4.1.1)', () => {
    expect(comparisonKey(userName, 'ＭＩＲＡ')).toBe('mira');
    expect(comparisonKey(title, 'ＭＩＲＡ')).not.toBe('mira');
  });

  it('takes dateTimes as instants (TYP-03)', () => {
    expect(comparisonKey(hired, '2026-03-01T10:00:00+02:00')).toBe(comparisonKey(hired, '2026-03-01T08:00:00Z'));
  });

  it('takes binary values as octets, with or without padding (RFC 7643 §2.3.6)', () => {
    expect(comparisonKey(certificate, 'AP8=')).toBe('00ff');
    expect(comparisonKey(certificate, 'AP8')).toBe('00ff');
  });

  it('takes numbers as they are, and one zero', () => {
    expect(comparisonKey(quota, 1.5)).toBe(1.5);
    expect(Object.is(comparisonKey(quota, -0), 0)).toBe(true);
  });

  it.each<[typeof title, Json]>([
    [title, 5],
    [title, null],
    [title, ['a']],
    [active, 'true'],
    [quota, '1'],
    [quota, Number.POSITIVE_INFINITY],
    [hired, '2026-03-01'],
    [hired, 5],
    [certificate, 'a'],
    [certificate, 'AP8=='],
    [certificate, 'AP8=AP8='],
    [certificate, '_-8='],
    [certificate, 5],
    [attribute('name', 'complex', ''), { a: 'b' }],
  ])('has none for a value of another type: %#', (definition, value) => {
    expect(comparisonKey(definition, value)).toBeUndefined();
  });
});

describe('compareKeys', () => {
  it('orders strings by code point, not by UTF-16 unit', () => {
    expect('\u{1f600}' < '\uff21').toBe(true);
    expect(compareKeys('\u{1f600}', '\uff21')).toBeGreaterThan(0);
    expect(compareKeys('\ue000', '\u{10000}')).toBeLessThan(0);
  });

  it('orders strings as the bytes of their UTF-8', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('orders a prefix first, numbers by value and false before true (SRT-06)', () => {
    expect(compareKeys('ab', 'abc')).toBeLessThan(0);
    expect(compareKeys(10, 9)).toBeGreaterThan(0);
    expect(compareKeys(false, true)).toBeLessThan(0);
    expect(compareKeys('a', 'a')).toBe(0);
  });
});
