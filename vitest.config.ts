import { defineConfig } from 'vitest/config';

const node = { environment: 'node', testTimeout: 30_000, hookTimeout: 30_000 } as const;

/** Of the server's tests those that open no store: once is enough. */
const WITHOUT_DATABASE = ['server/src/store/search/**', 'server/src/contract/**', 'server/src/import/**'];

export default defineConfig({
  test: {
    // One for each core; by default one core is left idle, and most of the time goes by waiting for child processes.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          // A process for each of hundreds of files takes more time than its tests; they share nothing that they change.
          isolate: false,
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts', '**/*.browser.test.ts', '**/*.postgres.test.ts'],
        },
      },
      {
        test: {
          ...node,
          // The server's tests on PostgreSQL: its own, and all others on a database of it instead of SQLite.
          name: 'postgres',
          isolate: false,
          include: ['**/*.postgres.test.ts', 'server/src/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts', '**/sqlite/**', ...WITHOUT_DATABASE],
          globalSetup: 'test/postgres/start-cluster.ts',
          // Transactions of all databases of a cluster are numbered together: a reader of changes waits for all of them.
          fileParallelism: false,
          // Leases and hints are about seconds, which a machine that others use may stand still for; the report says so.
          retry: 1,
        },
      },
      {
        test: {
          ...node,
          name: 'long',
          include: ['**/*.long.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['scim/src/**', 'provisioning/src/**', 'server/src/**', 'cli/src/**'] },
  },
});
