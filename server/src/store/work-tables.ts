import type { Generated } from 'kysely';
import type { Bit } from './tables.ts';

export interface ProcessTable {
  id: string;
  /** Separated by commas. */
  roles: string;
  expires: number;
}

export interface ApplicationLeaseTable {
  application: number;
  holder: string | null;
  fence: number;
}

export interface ApplicationProgressTable {
  application: number;
  fence: number;
  /** JSON. */
  progress: string;
}

export interface ApplicationRequestTable {
  id: string;
  application: number;
  kind: string;
  /** JSON, as is the outcome. */
  data: string;
  at: number;
  /** Of the holder that has taken it. */
  fence: number | null;
  outcome: string | null;
}

export interface MailTable {
  n: Generated<number>;
  application: number;
  recipient: string;
  subject: string;
  text: string;
  tries: number;
  due: number;
}

export interface ToldTable {
  application: number;
  cause: string;
  size: number;
  until: number;
}

export interface ImportMarkTable {
  server: number;
  id: string;
  expires: number;
}

export interface ChunkTable {
  cycle: string;
  n: number;
  application: number;
  fence: number;
  /** JSON, as is the outcome. */
  chunk: string;
  holder: string | null;
  token: number;
  stopping: Bit;
  outcome: string | null;
}

export interface SoughtTable {
  application: number;
  value: string;
  cycle: string;
  n: number;
}

/** The tables by which processes agree on their work. */
export interface WorkTables {
  process: ProcessTable;
  application_lease: ApplicationLeaseTable;
  application_progress: ApplicationProgressTable;
  application_request: ApplicationRequestTable;
  mail: MailTable;
  told: ToldTable;
  import_mark: ImportMarkTable;
  chunk: ChunkTable;
  sought: SoughtTable;
}
