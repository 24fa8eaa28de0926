import { foldUserName } from '@rollcall/scim';
import type { Matches } from './match-people.ts';
import type { Reference } from './plan.ts';
import type { Directory } from './read-directory.ts';

/**
 * Who a name in a file means: a person's externalId, else a userName, else an id; people of the file come before the
 * rest of the directory, under the names that the file gives them.
 */
export function personFinder({ people }: Matches, { users }: Directory): (name: string) => Reference | undefined {
  const found = new Map<string, Reference>();
  const note = (key: string, reference: Reference) => {
    if (!found.has(key)) found.set(key, reference);
  };
  for (const { row, present } of people) {
    const reference = present === undefined ? { makes: 'user' as const, line: row.line } : { id: present.id };
    if (row.externalId !== undefined) note(`externalId ${row.externalId}`, reference);
    if (row.userName !== undefined) note(`userName ${foldUserName(row.userName)}`, reference);
    if (row.foreignId !== undefined) note(`id ${row.foreignId}`, reference);
  }
  for (const { id, externalId, label } of users) {
    if (externalId !== undefined) note(`externalId ${externalId}`, { id });
    note(`userName ${foldUserName(label)}`, { id });
    note(`id ${id}`, { id });
  }
  return (name) =>
    found.get(`externalId ${name}`) ?? found.get(`userName ${foldUserName(name)}`) ?? found.get(`id ${name}`);
}
