import { describe, expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

const plain = (seconds: number, language: string) => durationText(seconds, language).replaceAll(/\s/g, ' ');

describe('A duration in words', () => {
  it('is in the largest unit of which there are two', () => {
    expect(plain(1.26, 'en')).toBe('1.3 sec');
    expect(plain(90, 'en')).toBe('90 sec');
    expect(plain(5400, 'en')).toBe('90 min');
    expect(plain(3 * 3600, 'en')).toBe('3 hr');
    expect(plain(4 * 86_400, 'en')).toBe('4 days');
  });

  it('is in the language of the reader', () => {
    expect(plain(3 * 3600, 'fr')).toBe('3 h');
    expect(plain(4 * 86_400, 'fr')).toBe('4 j');
  });
});
