import type { Access, Statements } from '../statements.ts';

/** Counts the writes of settings, so that other processes see that they must read them again. */
export interface SettingsVersion {
  /** First thing in a transaction that writes settings: from then on no other process writes any until it ends. */
  raise(statements: Statements): Promise<void>;
  /** Whatever was written before it says a number can be read by then. */
  read(): Promise<number>;
}

const RAISE = 'UPDATE installation SET settings_version = settings_version + 1';
const READ = 'SELECT settings_version AS version FROM installation';

/** A row that every write of settings locks; an embedded database has one process, which counts in memory. */
export function createSettingsVersion({ read }: Access): SettingsVersion {
  let writes = 0;
  if (read.dialect === 'sqlite') {
    return {
      async raise() {
        writes++;
      },
      read: async () => writes,
    };
  }
  return {
    async raise(statements) {
      await statements.execute(RAISE, []);
    },
    async read() {
      const { rows } = await read.execute(READ, []);
      return Number(rows[0]?.version);
    },
  };
}
