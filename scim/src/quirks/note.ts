import type { Rules } from '../rules.ts';

// A request can hold as many oddities as it has bytes; the log needs the first of them.
const MAX_NOTES = 50;
const MAX_DETAIL = 200;

/** Leaves a note of a straightened deviation for the request log: the quirk's name and where it stood. */
export function note(rules: Rules, quirk: string, detail: string): void {
  if (rules.notes.length >= MAX_NOTES) return;
  rules.notes.push({ quirk, detail: detail.slice(0, MAX_DETAIL) });
}
