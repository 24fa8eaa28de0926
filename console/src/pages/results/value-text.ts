/** A value of an attribute as people read it: texts as they are, nothing as a dash, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value === '' ? '""' : value;
  return JSON.stringify(value);
}

/** A path without the URN of its schema, for places where there is little room. */
export const shortPath = (path: string): string => path.replace(/^urn:.*:(?=[^:]+$)/, '');

/** A sentence with the paths in it short, for places where there is little room. */
export const withoutUrns = (text: string): string => text.replace(/\burn:[^\s,;"]*:(?=[A-Za-z])/g, '');
