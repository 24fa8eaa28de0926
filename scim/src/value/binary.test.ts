import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binaryToHex } from './binary.ts';

it('decodes base64 with and without padding (RFC 7643 §2.3.6)', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      const text = Buffer.from(octets).toString('base64');
      const hex = Buffer.from(octets).toString('hex');
      return binaryToHex(text) === hex && binaryToHex(text.replaceAll('=', '')) === hex;
    }),
  );
});

it.each(['a', 'abcde', 'ab=', 'abc==', 'abcd=', '====', 'ab cd', 'ab\ncd', '-_8='])('refuses %j', (text) => {
  expect(binaryToHex(text)).toBeUndefined();
});
