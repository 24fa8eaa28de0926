import { z } from 'zod';

const LONGEST = 63;

// `v2` stands where a slug would in the default identity server's URL; the others are words of pages and addresses.
const RESERVED = new Set(['admin', 'all', 'api', 'default', 'healthz', 'metrics', 'new', 'none', 'readyz', 'scim']);
const isReserved = (slug: string): boolean => RESERVED.has(slug) || /^v\d+$/.test(slug);
const isUuid = (slug: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(slug);

/** The part of an identity server's URL that names it. Never like an id: both are accepted where one is meant. */
export const slugSchema = z
  .string()
  .max(LONGEST)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must consist of a-z, 0-9 and single hyphens between them')
  .refine((slug) => !isReserved(slug), { error: (issue) => `'${String(issue.input)}' is reserved; choose another` })
  .refine((slug) => !isUuid(slug), 'must not look like an id');

/**
 * A slug made of a name that none of `taken` has: `Entra (Europe)` → `entra-europe`, `entra-europe-2` ... `kind` is what
 * a name without letters of use begins with.
 */
export function slugOf(name: string, taken: (slug: string) => boolean, kind = 'identity-server'): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST - 6)
    .replace(/^-|-$/g, '');
  const base = slugSchema.safeParse(plain).success ? plain : `${kind}${plain === '' ? '' : `-${plain}`}`;
  let slug = base.slice(0, LONGEST - 6);
  for (let number = 2; taken(slug); number++) slug = `${base}-${number}`;
  return slug;
}
