import { ALIASES, DEFAULT_TARGET_ATTRIBUTES } from '@rollcall/provisioning/mapping';
import { useQuery } from '@tanstack/react-query';
import { apiQuery, applicationQuery } from '../../api/queries.ts';
import type { Side, TargetAttribute } from './draft.ts';

interface DirectorySchemas {
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly attributes: readonly { readonly path: string; readonly type: string }[];
  }[];
}

const TYPE = { users: 'User', groups: 'Group' } as const;
// Mappings cannot read these: the engine keeps them from documents, but for the members of a group.
const HIDDEN = /^(meta|groups|password|schemas)(\.|$)/;

/** The names by which a mapping can take a value of the directory: Entra's, then the directory's own paths. */
export function useSourceNames(slug: string, side: Side): readonly string[] {
  const application = useQuery(applicationQuery(slug)).data;
  const schemas = useQuery({
    ...apiQuery<DirectorySchemas>(['identity-servers', application?.directory ?? '', 'schemas']),
    enabled: application !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  const type = TYPE[side];
  const aliases = ALIASES.filter((alias) => alias.type === type).map(({ name }) => name);
  const attributes = schemas?.resourceTypes.find(({ name }) => name === type)?.attributes ?? [];
  const paths = attributes.map(({ path }) => path).filter((path) => !HIDDEN.test(path));
  const own = paths.length > 0 ? paths : COMMON[side];
  return [...new Set([...aliases, ...own])];
}

// Before the directory's schemas have come, or where they cannot be had.
const COMMON: Readonly<Record<Side, readonly string[]>> = {
  users: [
    'id',
    'userName',
    'externalId',
    'displayName',
    'nickName',
    'title',
    'userType',
    'preferredLanguage',
    'active',
  ],
  groups: ['id', 'displayName', 'externalId', 'members'],
};

/** The target's attributes: those that every SCIM target is expected to have, and the application's own. */
export const targetPaths = (side: Side, own: readonly TargetAttribute[]): readonly string[] => [
  ...new Set([...DEFAULT_TARGET_ATTRIBUTES[TYPE[side]], ...own].map(({ path }) => path)),
];
