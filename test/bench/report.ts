/** What a comparison ends with. */
export interface Report {
  readonly markdown: string;
  /** Goals that were missed, a sentence each. */
  readonly misses: readonly string[];
  /** Everything that was measured, for `--json`. */
  readonly figures: unknown;
}
