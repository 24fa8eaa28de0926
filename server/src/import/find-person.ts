import { foldUserName } from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import type { MatchedPerson, Matches } from './match-people.ts';
import type { Reference } from './plan.ts';
import type { Directory, Present } from './read-directory.ts';

const PEOPLE_A_TURN = 1000;

/**
 * Who a name in a file means: a person's externalId, else a userName, else an id; people of the file come before the
 * rest of the directory, under the names that the file gives them.
 */
export async function personFinder(
  { people }: Matches,
  { users }: Directory,
): Promise<(name: string) => Reference | undefined> {
  const found = new Map<string, Reference>();
  const note = (key: string, reference: Reference) => {
    if (!found.has(key)) found.set(key, reference);
  };
  const notePerson = ({ row, present }: MatchedPerson) => {
    const reference = present === undefined ? { makes: 'user' as const, line: row.line } : { id: present.id };
    if (row.externalId !== undefined) note(`externalId ${row.externalId}`, reference);
    if (row.userName !== undefined) note(`userName ${foldUserName(row.userName)}`, reference);
    if (row.foreignId !== undefined) note(`id ${row.foreignId}`, reference);
  };
  const noteUser = ({ id, externalId, label }: Present) => {
    if (externalId !== undefined) note(`externalId ${externalId}`, { id });
    note(`userName ${foldUserName(label)}`, { id });
    note(`id ${id}`, { id });
  };
  for await (const slice of inTurns(people, PEOPLE_A_TURN)) slice.forEach(notePerson);
  for await (const slice of inTurns(users, PEOPLE_A_TURN)) slice.forEach(noteUser);
  return (name) =>
    found.get(`externalId ${name}`) ?? found.get(`userName ${foldUserName(name)}`) ?? found.get(`id ${name}`);
}
