import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from('Zoë 🦊')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffZoë 🦊')],
    ['UTF-16, little end first', Buffer.from('\ufeffZoë 🦊', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffZoë 🦊', 'utf16le').swap16()],
  ])('is read from %s', (_encoding, bytes) => {
    expect(decodeText('people.csv', bytes)).toBe('Zoë 🦊');
  });

  it('is refused in Latin-1, which would lose letters', () => {
    expect(() => decodeText('people.csv', Buffer.from('Zoë', 'latin1'))).toThrow('people.csv is not UTF-8.');
    expect(() => decodeText('people.csv', Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toThrow('UTF-16');
  });
});
