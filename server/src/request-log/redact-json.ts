import { REMOVED } from './redact-text.ts';
import { isSecretName, mentionsSecret } from './secret-name.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** An array or object whose end has not been read yet. */
interface Open {
  readonly start: number;
  readonly isObject: boolean;
  /** The name whose value comes next; undefined while a name is expected, and always in an array. */
  name: string | undefined;
  /** Values of `value` members: secret when `path` turns out to name a secret (RFC 7644 §3.5.2). */
  values: Span[];
  path: string | undefined;
}

/**
 * Replaces the values of secret members in JSON text and leaves every other byte as it was sent. It reads tokens, not
 * a tree, so that text which is cut off or is no valid JSON loses its secrets too. Linear in the text's length.
 */
export function redactJson(text: string): string {
  let redacted = '';
  let from = 0;
  for (const span of secretSpans(text)) {
    if (span.start < from) continue;
    redacted += `${text.slice(from, span.start)}"${REMOVED}"`;
    from = span.end;
  }
  return redacted + text.slice(from);
}

function secretSpans(text: string): Span[] {
  const spans: Span[] = [];
  const open: Open[] = [];
  let index = 0;
  while (index < text.length) {
    const start = index;
    const character = text.charAt(index);
    const inside = open.at(-1);
    if (character === '{' || character === '[') {
      open.push({ start, isObject: character === '{', name: undefined, values: [], path: undefined });
      index++;
    } else if (character === '}' || character === ']') {
      index++;
      const closed = open.pop();
      if (closed !== undefined) close(closed, index, text, open.at(-1), spans);
    } else if (character === '"') {
      index = stringEnd(text, index);
      if (inside?.isObject && inside.name === undefined) inside.name = stringValue(text.slice(start, index));
      else found({ start, end: index }, text, inside, spans);
    } else if (isLiteral(text.charCodeAt(index))) {
      while (index < text.length && isLiteral(text.charCodeAt(index))) index++;
      if (inside?.name !== undefined) found({ start, end: index }, text, inside, spans);
    } else {
      index++;
    }
  }
  // What is still open was cut off.
  for (let cut = open.pop(); cut !== undefined; cut = open.pop()) {
    // The path that names the secret may have been in the part that is missing.
    if (cut.path === undefined) spans.push(...cut.values);
    close(cut, text.length, text, open.at(-1), spans);
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

function close(closed: Open, end: number, text: string, parent: Open | undefined, spans: Span[]): void {
  if (closed.path !== undefined && mentionsSecret(closed.path)) spans.push(...closed.values);
  found({ start: closed.start, end }, text, parent, spans);
}

/** Judges a value by the name it belongs to. */
function found(span: Span, text: string, inside: Open | undefined, spans: Span[]): void {
  const name = inside?.name;
  if (inside === undefined || name === undefined) return;
  inside.name = undefined;
  const value = () => text.slice(span.start, span.end);
  if (isSecretName(name)) {
    if (value() !== 'null') spans.push(span);
    return;
  }
  switch (name.toLowerCase()) {
    case 'value':
      inside.values.push(span);
      return;
    case 'path':
      inside.path = stringValue(value());
      return;
    case 'filter':
      if (mentionsSecret(stringValue(value()))) spans.push(span);
  }
}

function stringEnd(text: string, start: number): number {
  let index = start + 1;
  for (;;) {
    const quote = text.indexOf('"', index);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    index = quote + 1;
  }
}

/** The text that a JSON string means, so that `"pass\u0077ord"` is seen for what it is. */
function stringValue(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.replaceAll('"', '');
  }
}

function isLiteral(code: number): boolean {
  const isSpace = code === 0x20 || (code >= 0x09 && code <= 0x0d);
  const isStructure = code === 0x2c || code === 0x3a || code === 0x22 || code === 0x5b || code === 0x5d;
  return !isSpace && !isStructure && code !== 0x7b && code !== 0x7d;
}
