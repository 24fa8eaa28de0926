import { describe, expect, it } from 'vitest';
import { jsonText, printable, printableLines } from './printable.ts';

const EVIL = 'a\u001b[31mb\nc\u009bd\u202ee\u2028f';

describe('what clients sent', () => {
  it('cannot steer the terminal that shows it', () => {
    expect(printable(EVIL)).toBe('a�[31mb�c�d�e�f');
    expect(printableLines(EVIL)).toBe('a�[31mb\nc�d�e�f');
    expect(printable('Zoë 日本 👩‍👩‍👧')).toBe('Zoë 日本 👩‍👩‍👧');
  });

  it('cannot do so as JSON either, and stays what it was', () => {
    expect(jsonText({ name: EVIL })).toBe('{"name":"a\\u001b[31mb\\nc\\u009bd\\u202ee\\u2028f"}');
    expect(JSON.parse(jsonText({ name: EVIL }, 2))).toEqual({ name: EVIL });
    expect(jsonText({ a: 1 }, 2)).toBe('{\n  "a": 1\n}');
  });
});
