import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEncryption, SecretUnreadable } from './encryption.ts';

const encryption = createEncryption(randomBytes(32));

describe('encryption', () => {
  it('gives back every text in its own context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(encryption.decrypt(encryption.encrypt(text, context), context)).toBe(text);
      }),
    );
  });

  it('never gives the same text twice, and names its version', () => {
    const texts = [1, 2, 3].map(() => encryption.encrypt('secret', 'a'));
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/^v1\.[\w-]+$/);
  });

  it('cannot be read in another context, so that no application gets the secret of another', () => {
    expect(() => encryption.decrypt(encryption.encrypt('secret', 'a'), 'b')).toThrow(SecretUnreadable);
  });

  it('says with another key to enter the credentials again', () => {
    const other = createEncryption(randomBytes(32));
    expect(() => other.decrypt(encryption.encrypt('secret', 'a'), 'a')).toThrow('enter the credentials again');
  });

  it('refuses what was changed, cut or never encrypted', () => {
    const text = encryption.encrypt('secret', 'a');
    const bytes = Buffer.from(text.slice(3), 'base64url');
    const changed = [...bytes.keys()].map((index) => {
      const copy = Buffer.from(bytes);
      copy[index] = (copy[index] ?? 0) ^ 1;
      return `v1.${copy.toString('base64url')}`;
    });
    for (const wrong of [...changed, text.slice(0, -4), `${text}.x`, text.replace('v1', 'v2'), '', 'v1.', 'secret']) {
      expect(() => encryption.decrypt(wrong, 'a'), wrong).toThrow(SecretUnreadable);
    }
  });
});
