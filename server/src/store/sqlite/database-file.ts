import { join } from 'node:path';

/**
 * The database in a data directory. While the store is open, nothing but SQLite may open this file in the same process:
 * closing any handle on it releases SQLite's locks (POSIX).
 */
export const databaseFile = (directory: string): string => join(directory, 'rollcall.db');
