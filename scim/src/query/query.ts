/**
 * What a client asks of a list, from the URL (RFC 7644 §3.4.2) or from a search request (§3.4.3). Only its form has been
 * judged: `parseFilter`, `parseSort`, `parsePaging` and `parseProjection` read the parts.
 */
export interface Query {
  readonly filter?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
  readonly startIndex?: string | number | undefined;
  readonly count?: string | number | undefined;
  readonly cursor?: string | undefined;
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}
