import {
  attributesOf,
  type BoundFilter,
  isObject,
  type Json,
  type JsonObject,
  matches,
  type ResourceType,
  type Sort,
  sortKey,
} from '@rollcall/scim';
import type { StoredResource } from '../contract.ts';
import { compiled } from '../sqlite/compiled.ts';
import type { Connection } from '../sqlite/connection.ts';
import { groupsOf } from '../sqlite/groups-of.ts';
import { decideMembers } from './member-term.ts';
import type { Entry } from './page.ts';
import { textTest } from './text-test.ts';

const membership = compiled((db, { group, server, id }: { group: number; server: number; id: string }) =>
  db
    .selectFrom('resource')
    .crossJoin('member')
    .where('resource.server', '=', server)
    .where('resource.id', '=', id)
    .where('member.group_seq', '=', group)
    .whereRef('member.member_seq', '=', 'resource.seq')
    .select('member.group_seq')
    .compile(),
);

const membersOfGroup = compiled((db, { group }: { group: number }) =>
  db.selectFrom('member').select(['member_id', 'sent']).where('group_seq', '=', group).orderBy('member_seq').compile(),
);

/** Judges rows of one type by their documents and by the rows beside them. */
export interface Evaluation {
  /** True when it reads all members of a group, or all groups above a resource: there is no end to these. */
  readonly readsMemberships: boolean;
  /** The place of a row that satisfies the filter in the order of the sort; undefined for one that does not. */
  entry(row: StoredResource): Entry | undefined;
}

/** Prepares the evaluation of a filter and a sort, each of which may be missing, on rows of `type`. */
export function evaluation(
  connection: Connection,
  type: ResourceType,
  filter: BoundFilter | undefined,
  sort: Sort | undefined,
): Evaluation {
  const settled = filter && (type.hasMembers ? decideMembers(filter, () => false) : filter);
  const read = new Set([
    ...(settled === undefined ? [] : attributesOf(settled)),
    ...(sort ? [sort.path.attribute.name] : []),
  ]);
  const beside = {
    itself: read.has('id') || read.has('meta'),
    members: type.hasMembers && read.has('members'),
    groups: type.hasGroups && read.has('groups'),
  };
  const test = filter && textTest(filter, type);
  return {
    readsMemberships: beside.members || beside.groups,
    entry(row) {
      if (test?.({ text: row.document, folded: undefined }) === false) return undefined;
      const resource = representation(connection, row, beside);
      const asked = filter !== settled && filter !== undefined ? decideMembersOf(connection, row, filter) : filter;
      if (asked !== undefined && !matches(asked, resource)) return undefined;
      return { seq: row.seq, key: sort && sortKey(sort, resource) };
    },
  };
}

function decideMembersOf(connection: Connection, { seq, server }: StoredResource, filter: BoundFilter): BoundFilter {
  return decideMembers(filter, (id) => membership.first(connection, { group: seq, server, id }) !== undefined);
}

interface Beside {
  /** `id` and `meta`. */
  readonly itself: boolean;
  readonly members: boolean;
  readonly groups: boolean;
}

/** A row as clients see it, as far as it is read; its location, which nobody filters by, is missing. */
function representation(connection: Connection, row: StoredResource, { itself, members, groups }: Beside): JsonObject {
  const parsed: Json = JSON.parse(row.document);
  const document = isObject(parsed) ? parsed : {};
  if (!itself && !members && !groups) return document;
  return {
    ...document,
    id: row.id,
    meta: {
      resourceType: row.type,
      created: new Date(row.created).toISOString(),
      lastModified: new Date(row.modified).toISOString(),
      version: `W/"${row.version}"`,
    },
    ...(members ? { members: membersOf(connection, row) } : {}),
    ...(groups ? { groups: groupElements(connection, row) } : {}),
  };
}

function membersOf(connection: Connection, group: StoredResource): Json {
  return membersOfGroup.all(connection, { group: group.seq }).map(({ member_id, sent }) => {
    const others: Json = sent === null ? null : JSON.parse(sent);
    return { ...(isObject(others) ? others : {}), value: member_id };
  });
}

function groupElements(connection: Connection, row: StoredResource): Json {
  return groupsOf(connection, row.seq).map(({ id, label, type }) => ({ value: id, display: label, type }));
}
