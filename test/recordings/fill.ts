import type { Step } from './recording.ts';

/** A step with `{{name}}` replaced by what was saved under that name; unknown names stay. */
export function fill(step: Step, known: ReadonlyMap<string, string>): Step {
  const text = JSON.stringify(step).replace(/\{\{(\w+)\}\}/g, (whole, name: string) => known.get(name) ?? whole);
  return JSON.parse(text);
}
