import type { Side } from './draft.ts';

const NAMES: Readonly<Record<Side, readonly string[]>> = {
  users: ['userName', 'name.familyName', 'name.givenName'],
  groups: ['displayName'],
};

/** A SCIM filter for those whose names begin with what was typed. */
export const searchFilter = (side: Side, typed: string): string =>
  NAMES[side].map((name) => `${name} sw ${JSON.stringify(typed)}`).join(' or ');
