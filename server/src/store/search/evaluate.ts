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
import type { GroupOfMember, StoredResource } from '../contract.ts';
import { decideMembers } from './member-term.ts';
import type { Entry } from './page.ts';
import { textTest } from './text-test.ts';

/** The rows beside a resource's own that its evaluation asks for. */
export interface Beside {
  /** Whether the resource with this id is a direct member of the group. */
  isMember(group: StoredResource, id: string): boolean;
  /** A group's members in order of their creation. */
  membersOf(group: StoredResource): readonly { readonly member_id: string; readonly sent: string | null }[];
  groupsOf(row: StoredResource): readonly GroupOfMember[];
}

/** What an evaluation asks for beside documents. */
export interface Needs {
  /** The row's own `id` and times, for `id` and `meta`. */
  readonly itself: boolean;
  readonly members: boolean;
  readonly groups: boolean;
  /** Ids of which it asks whether they are members. */
  readonly asked: readonly string[];
}

/** Judges rows of one type by their documents and by the rows beside them. */
export interface Evaluation {
  /** True when it reads all members of a group, or all groups above a resource: there is no end to these. */
  readonly readsMemberships: boolean;
  readonly needs: Needs;
  /** The place of a row that satisfies the filter in the order of the sort; undefined for one that does not. */
  entry(row: StoredResource, beside: Beside): Entry | undefined;
}

/** Prepares the evaluation of a filter and a sort, each of which may be missing, on rows of `type`. */
export function evaluation(type: ResourceType, filter: BoundFilter | undefined, sort: Sort | undefined): Evaluation {
  const asked: string[] = [];
  const ask = (id: string) => {
    asked.push(id);
    return false;
  };
  const settled = filter && (type.hasMembers ? decideMembers(filter, ask) : filter);
  const read = new Set([
    ...(settled === undefined ? [] : attributesOf(settled)),
    ...(sort ? [sort.path.attribute.name] : []),
  ]);
  const needs: Needs = {
    itself: read.has('id') || read.has('meta'),
    members: type.hasMembers && read.has('members'),
    groups: type.hasGroups && read.has('groups'),
    asked,
  };
  const test = filter && textTest(filter, type);
  return {
    readsMemberships: needs.members || needs.groups,
    needs,
    entry(row, beside) {
      if (test?.({ text: row.document, folded: undefined }) === false) return undefined;
      const resource = representation(row, beside, needs);
      const decided =
        filter !== settled && filter !== undefined ? decideMembers(filter, (id) => beside.isMember(row, id)) : filter;
      if (decided !== undefined && !matches(decided, resource)) return undefined;
      return { seq: row.seq, key: sort && sortKey(sort, resource) };
    },
  };
}

/** A row as clients see it, as far as it is read; its location, which nobody filters by, is missing. */
function representation(row: StoredResource, beside: Beside, { itself, members, groups }: Needs): JsonObject {
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
    ...(members ? { members: membersOf(beside, row) } : {}),
    ...(groups ? { groups: groupElements(beside, row) } : {}),
  };
}

function membersOf(beside: Beside, group: StoredResource): Json {
  return beside.membersOf(group).map(({ member_id, sent }) => {
    const others: Json = sent === null ? null : JSON.parse(sent);
    return { ...(isObject(others) ? others : {}), value: member_id };
  });
}

function groupElements(beside: Beside, row: StoredResource): Json {
  return beside.groupsOf(row).map(({ id, label, type }) => ({ value: id, display: label, type }));
}
