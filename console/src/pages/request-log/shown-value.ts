/** A value of an attribute in a line: text as it is, everything else as JSON, `–` for none. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
