import { isArray, isObject, type Json } from '@rollcall/scim';

const FORMS: Readonly<Record<string, string>> = {
  id: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  date: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z',
  etag: 'W/"\\d+"',
  text: '.+',
};

/**
 * The value, with every string that has the form an expectation asks for (`<id>`, `<date>`, `<etag>`, `<text>`, also
 * within a longer string) replaced by that expectation, so that the whole can be compared.
 */
export function matched(value: Json | undefined, expected: Json): Json | undefined {
  if (typeof value === 'string' && typeof expected === 'string') return fits(value, expected) ? expected : value;
  if (isArray(value)) {
    return value.map((element, index) => matched(element, (isArray(expected) && expected[index]) || null) ?? null);
  }
  if (!isObject(value) || !isObject(expected)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, matched(inner, expected[name] ?? null) ?? null]),
  );
}

function fits(value: string, expected: string): boolean {
  const pattern = expected
    .split(/<(id|date|etag|text)>/)
    .map((part, index) => (index % 2 === 1 ? FORMS[part] : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`, 's').test(value);
}
