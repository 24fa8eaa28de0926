import type { Applications } from '../application-contract.ts';
import type { Connection } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';

export function createApplications(_reader: Connection, _writer: Connection, _run: GroupCommit['run']): Applications {
  throw new Error('Applications are not stored');
}
