import { fold } from '@rollcall/scim';
import type { GroupRow } from './group-row.ts';
import type { Directory, Present } from './read-directory.ts';
import type { RefusedRow } from './sheet.ts';

export interface MatchedGroup {
  readonly row: GroupRow;
  /** The group that the row is about; undefined when it makes a new one. */
  readonly present: Present | undefined;
}

export interface MatchedGroups {
  readonly groups: readonly MatchedGroup[];
  readonly refused: readonly RefusedRow[];
}

/**
 * Finds the group of each row: by externalId, else by a name that no group with another externalId has. Where several
 * groups would do, or two rows mean one group, the row is refused: its members would go to the wrong place.
 */
export function matchGroups(rows: readonly GroupRow[], { groups }: Directory): MatchedGroups {
  const byExternalId = Map.groupBy(groups, (group) => group.externalId);
  const byName = Map.groupBy(groups, (group) => fold(group.label));
  const matched: MatchedGroup[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const { line, externalId, name } = row;
    const same = externalId === undefined ? [] : (byExternalId.get(externalId) ?? []);
    const namesakes = (byName.get(fold(name ?? '')) ?? []).filter(
      (group) => group.externalId === undefined || externalId === undefined,
    );
    const found = same.length > 0 ? same : namesakes;
    const [present] = found;
    const earlier = present === undefined ? undefined : lineOf.get(present.id);
    if (found.length > 1) {
      refused.push({ line, reason: `${found.length} groups are called "${externalId ?? name}"` });
    } else if (earlier !== undefined) {
      refused.push({ line, reason: `names the same group as line ${earlier}` });
    } else {
      matched.push({ row, present });
      if (present !== undefined) lineOf.set(present.id, line);
    }
  }
  return { groups: matched, refused };
}
