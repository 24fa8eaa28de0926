import { describe, expect, it } from 'vitest';
import { indexKey, isHeldWhole, KEY_CHARACTERS } from './index-key.ts';

describe('a key as the index holds it', () => {
  it('is itself up to 300 characters, however many UTF-16 units these take', () => {
    for (const key of ['', 'mira', '😀'.repeat(KEY_CHARACTERS)]) {
      expect(indexKey(key)).toBe(key);
      expect(isHeldWhole(key)).toBe(true);
    }
  });

  it('is the beginning and a hash of longer ones, so that those which begin alike differ', () => {
    const beginning = 'ä'.repeat(KEY_CHARACTERS);
    const [one, two] = [indexKey(`${beginning}1`), indexKey(`${beginning}2`)];
    expect(one.slice(0, KEY_CHARACTERS)).toBe(beginning);
    expect(one).toHaveLength(KEY_CHARACTERS + 43);
    expect(one).not.toBe(two);
    expect(indexKey(`${beginning}1`)).toBe(one);
    expect(isHeldWhole(`${beginning}1`)).toBe(false);
  });
});
