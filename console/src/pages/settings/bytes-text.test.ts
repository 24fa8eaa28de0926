import { describe, expect, it } from 'vitest';
import { bytesText } from './bytes-text.ts';

describe('bytes as people write them', () => {
  it.each([
    [0, 'en', '0 byte'],
    [512, 'en', '512 byte'],
    [65_536, 'en', '64 kB'],
    [1_610_612_736, 'en', '1.5 GB'],
    [1024 ** 5, 'en', '1,024 TB'],
  ])('%i in %s is %s', (bytes, language, expected) => {
    expect(bytesText(bytes, language)).toBe(expected);
  });
});
