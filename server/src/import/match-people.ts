import { foldUserName } from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import type { PersonRow } from './person-row.ts';
import type { Directory, Present } from './read-directory.ts';
import type { RefusedRow } from './sheet.ts';

const ROWS_A_TURN = 1000;

export interface MatchedPerson {
  readonly row: PersonRow;
  /** The user that the row is about; undefined when it makes a new one. */
  readonly present: Present | undefined;
}

export interface Matches {
  readonly people: readonly MatchedPerson[];
  readonly refused: readonly RefusedRow[];
  /** Ids of the users that some row is about, refused or not. */
  readonly seen: ReadonlySet<string>;
}

/**
 * Finds the user of each row: by externalId, else by userName. A user found by userName who has another externalId is
 * another person: user names are given away again, and a newcomer must not get a leaver's account.
 */
export async function matchPeople(rows: readonly PersonRow[], { users }: Directory): Promise<Matches> {
  const byExternalId = Map.groupBy(
    users.filter((user) => user.externalId !== undefined),
    (user) => user.externalId ?? '',
  );
  const byUserName = new Map(users.map((user) => [foldUserName(user.label), user]));
  const people: MatchedPerson[] = [];
  const refused: RefusedRow[] = [];
  const seen = new Set<string>();
  const lineOf = new Map<string, number>();

  const namesOf = (row: PersonRow, present: Present | undefined): string[] => [
    ...(present === undefined ? [] : [`id ${present.id}`]),
    ...(row.externalId === undefined ? [] : [`externalId ${row.externalId}`]),
    ...(row.userName === undefined ? [] : [`userName ${foldUserName(row.userName)}`]),
  ];

  const take = (row: PersonRow) => {
    const same = row.externalId === undefined ? [] : (byExternalId.get(row.externalId) ?? []);
    for (const user of same) seen.add(user.id);
    if (same.length > 1) {
      refused.push({ line: row.line, reason: `${same.length} users have the externalId ${row.externalId}` });
      return;
    }
    const holder = row.userName === undefined ? undefined : byUserName.get(foldUserName(row.userName));
    const isSamePerson = holder?.externalId === undefined || row.externalId === undefined;
    const present = same[0] ?? (isSamePerson ? holder : undefined);
    if (present !== undefined) seen.add(present.id);
    const names = namesOf(row, present);
    const earlier = names.map((name) => lineOf.get(name)).find((line) => line !== undefined);
    if (earlier !== undefined) {
      refused.push({ line: row.line, reason: `names the same person as line ${earlier}` });
      return;
    }
    for (const name of names) lineOf.set(name, row.line);
    people.push({ row, present });
  };
  for await (const slice of inTurns(rows, ROWS_A_TURN)) slice.forEach(take);
  return { people, refused, seen };
}
