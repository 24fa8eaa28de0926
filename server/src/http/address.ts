/** What a request's URL says: which identity server, and what below its base. */
export interface ScimAddress {
  /** undefined: `/scim/v2`, the default identity server. */
  readonly slug: string | undefined;
  /** Path of the base URL: `/scim/entra/v2`. */
  readonly basePath: string;
  readonly segments: readonly string[];
  readonly query: string;
  /** A version segment that is not `v2`; RFC 7644 §3.13 wants it refused. */
  readonly otherVersion: string | undefined;
}

/**
 * Reads `/scim/{slug}/v2/...` and `/scim/v2/...`. Doubled and trailing slashes are tolerated: base URLs are pasted by
 * hand. undefined for anything else, and for bad percent-encoding.
 */
export function readAddress(url: string): ScimAddress | undefined {
  // A request may name the whole URL (RFC 9112 §3.2.2); whose host it says does not matter here.
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const raw = path.split('/').filter((segment) => segment !== '');
  if (raw[0] !== 'scim') return undefined;
  const isVersion = (segment: string | undefined) => segment !== undefined && /^v\d+$/.test(segment);
  const hasSlug = !isVersion(raw[1]);
  const version = hasSlug ? raw[2] : raw[1];
  if (!isVersion(version)) return undefined;
  const slug = hasSlug ? raw[1] : undefined;
  const segments: string[] = [];
  for (const segment of raw.slice(hasSlug ? 3 : 2)) {
    const decoded = decode(segment);
    if (decoded === undefined) return undefined;
    segments.push(decoded);
  }
  return {
    slug,
    basePath: hasSlug ? `/scim/${slug}/${version}` : `/scim/${version}`,
    segments,
    query,
    otherVersion: version === 'v2' ? undefined : version,
  };
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
