import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { z } from 'zod';

/** What the served OpenAPI document says of one operation. */
export interface Operation {
  readonly method: string;
  /** Below `/api`, such as `/identity-servers/{server}`. */
  readonly path: string;
  readonly role: 'anyone' | 'person' | 'auditor' | 'operator' | 'administrator';
  readonly localOnly: boolean;
  readonly takesBody: boolean;
}

const roleSchema = z.enum(['anyone', 'person', 'auditor', 'operator', 'administrator']);

/** Every operation of the document. Throws when one names no role that there is. */
export function operationsOf(document: Json): Operation[] {
  const paths = isObject(document) ? document.paths : undefined;
  return membersOf(paths).flatMap(([path, methods]) =>
    membersOf(methods).map(([method, operation]) => {
      const members: JsonObject = isObject(operation) ? operation : {};
      return {
        method: method.toUpperCase(),
        path,
        role: roleSchema.parse(members['x-role']),
        localOnly: members['x-local-only'] === true,
        takesBody: members.requestBody !== undefined,
      };
    }),
  );
}

const membersOf = (value: Json | undefined): [string, Json][] =>
  isObject(value) && !isArray(value) ? Object.entries(value) : [];

/** What a parameter of a path is; its key ends with the parameter, and has as much before it as tells it apart. */
export type Names = Readonly<Record<string, string>>;

/** The path with names in place of its parameters. Throws for a parameter that nobody has named. */
export function placeOf({ path }: Operation, names: Names): string {
  const known = Object.entries(names).toSorted(([one], [other]) => other.length - one.length);
  return [...path.matchAll(/\{\w+\}/g)].reduceRight((whole, { index, 0: parameter }) => {
    const upTo = path.slice(0, index + parameter.length);
    const name = known.find(([key]) => upTo.endsWith(key))?.[1];
    if (name === undefined) throw new Error(`What is ${parameter} of ${path}?`);
    return whole.slice(0, index) + encodeURIComponent(name) + whole.slice(index + parameter.length);
  }, path);
}
