type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface ChangedValue {
  /** Names from the outside in, such as `settings.guard.number`. */
  readonly path: string;
  /** Undefined: there was none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between two states, value by value. A list is one value. */
export function changedValues(before: unknown, after: unknown): ChangedValue[] {
  const [old, now] = [flat(before), flat(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((value) => value.before !== value.after);
}

function flat(state: unknown): Map<string, string> {
  const found = new Map<string, string>();
  // States come from JSON answers of the API.
  collect(state as Json, '', found);
  return found;
}

function collect(value: Json | undefined, path: string, found: Map<string, string>): void {
  if (value === undefined || (value === null && path === '')) return;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    found.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  for (const [name, member] of Object.entries(value)) collect(member, path === '' ? name : `${path}.${name}`, found);
}
