import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps what Rollcall must read again itself, such as the credentials of a connection. */
export interface Encryption {
  /** Text that says nothing without the key. `context` names what it belongs to, and must be given again to read it. */
  encrypt(text: string, context: string): string;
  /** Errors: SecretUnreadable with another key or context, or when it was changed. */
  decrypt(encrypted: string, context: string): string;
}

/** Thrown when stored credentials cannot be read; the message says what to do. */
export class SecretUnreadable extends Error {
  constructor() {
    super(
      'The stored credentials cannot be read with the keys of this installation. ' +
        'Put the keys file back, or enter the credentials again.',
    );
    this.name = 'SecretUnreadable';
  }
}

/** AES-256-GCM (NIST SP 800-38D) with a random nonce; version and context are authenticated. `key` has 32 bytes. */
export function createEncryption(key: Buffer): Encryption {
  return {
    encrypt(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(authenticated(context));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${sealed.toString('base64url')}`;
    },
    decrypt(encrypted, context) {
      const [version, encoded, ...rest] = encrypted.split('.');
      const sealed = Buffer.from(encoded ?? '', 'base64url');
      if (version !== VERSION || rest.length > 0 || sealed.length < NONCE_BYTES + TAG_BYTES)
        throw new SecretUnreadable();
      try {
        const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(authenticated(context))
          .setAuthTag(sealed.subarray(-TAG_BYTES));
        const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw new SecretUnreadable();
      }
    },
  };
}

const authenticated = (context: string): Buffer => Buffer.from(`rollcall ${VERSION} ${context}`, 'utf8');
