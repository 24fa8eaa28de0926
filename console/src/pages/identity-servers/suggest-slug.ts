const LONGEST = 57;
// What addresses and commands already mean something by; the contract's rule, without its validators in the page.
const RESERVED = /^(?:admin|all|api|default|healthz|metrics|new|none|readyz|scim|v\d+)$/;

/** The slug that the server makes of a name that none of `taken` has: `Entra (Europe)` → `entra-europe`. */
export function suggestSlug(name: string, taken: (slug: string) => boolean): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  const base = plain === '' ? 'identity-server' : RESERVED.test(plain) ? `identity-server-${plain}` : plain;
  let slug = base;
  for (let number = 2; taken(slug); number++) slug = `${base}-${number}`;
  return slug;
}
