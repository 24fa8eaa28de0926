const MAX_SHOWN = 200;

/** A client's text as an error detail shows it: cut where it is long, and never in the middle of a character. */
export function shown(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).toWellFormed()}…`;
}
