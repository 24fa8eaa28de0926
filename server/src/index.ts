export { type Config, configSchema } from './config.ts';
export { type Copied, CopyFailed, type CopyProgress, copyDatabase } from './copy.ts';
export { DatabaseUnusable } from './database-unusable.ts';
export { DirectoryInUse } from './directory-in-use.ts';
export { type Migrated, type MigrationPlan, migrateDatabase } from './migrate.ts';
export { BackupUnusable, restoreDatabase } from './restore.ts';
export { openRollcall, type Rollcall } from './rollcall.ts';
export { databaseFile } from './store/sqlite/database-file.ts';
export { VERSION } from './version.ts';
