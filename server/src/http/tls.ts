import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

const LOOK_EVERY = 2000;

export interface Tls {
  readonly options: { cert: Buffer; key: Buffer; minVersion: 'TLSv1.2' };
  /** Reads the files again whenever they change; a pair that does not fit leaves the old one in use. */
  follow(server: Server, log: Logger): () => void;
}

/** TLS of our own, when its files are configured (RFC 7644 §7.2: TLS 1.2 or newer). Throws when they cannot be used. */
export function openTls(config: Config): Tls | undefined {
  const { tlsCert, tlsKey } = config;
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Error('--tls-cert and --tls-key belong together: give both, or neither.');
  }
  const read = () => ({ cert: readFileSync(tlsCert), key: readFileSync(tlsKey), minVersion: 'TLSv1.2' as const });
  return {
    options: usable(read, `The certificate ${tlsCert} with the key ${tlsKey}`),
    follow(server, log) {
      const reload = () => {
        try {
          server.setSecureContext(read());
          log.info('The TLS certificate was read again');
        } catch (error) {
          log.error({ error }, 'The new TLS certificate cannot be used; the old one stays');
        }
      };
      for (const file of [tlsCert, tlsKey]) watchFile(file, { interval: LOOK_EVERY, persistent: false }, reload);
      return () => {
        for (const file of [tlsCert, tlsKey]) unwatchFile(file, reload);
      };
    },
  };
}

function usable(read: () => Tls['options'], what: string): Tls['options'] {
  try {
    const options = read();
    createSecureContext(options);
    return options;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} cannot be used: ${reason}`, { cause: error });
  }
}
