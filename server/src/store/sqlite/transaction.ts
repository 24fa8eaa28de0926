import type { NewChange, Transaction } from '../contract.ts';
import type { Connection } from './connection.ts';
import { deleteMemberships } from './delete-memberships.ts';
import { applyMembers, unknownMembers } from './members.ts';
import { createReads } from './reads.ts';
import { recordChange } from './record-change.ts';
import { insert, remove, touch, update } from './resources.ts';
import { rewriteValues } from './values.ts';

/**
 * What a body of the group commit may do, on the writing connection. It keeps no state of its own: the group commit
 * runs one body at a time. `onChange` is told what the change feed gets.
 */
export function createTransaction(connection: Connection, onChange: (change: NewChange) => void): Transaction {
  const record = (change: NewChange) => {
    recordChange(connection, change);
    onChange(change);
  };
  return {
    ...createReads(connection),
    async insert(resource) {
      return insert(connection, resource);
    },
    async update(current, previous, next, at) {
      return update(connection, current, previous, next, at);
    },
    async reindex(current, previous, next) {
      return rewriteValues(connection, current, previous, next);
    },
    async touch(current, at) {
      return touch(connection, current.seq, at);
    },
    async delete(current, previous, at) {
      await deleteMemberships(connection, current, at, record);
      remove(connection, current, previous);
    },
    applyMembers: (group, operations) => applyMembers(connection, group, operations),
    unknownMembers: (server, members) => unknownMembers(connection, server, members),
    async record(change) {
      record(change);
    },
  };
}
