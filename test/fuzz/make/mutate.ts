import type { Random } from '../../harness/random.ts';

const PIECES = [
  '"',
  '\\',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ',',
  ':',
  '.',
  ' ',
  '\t',
  '\n',
  '\u0000',
  'and',
  'not',
  '\\u',
  '\ud83d',
];

/** The text with a few characters dropped, doubled, moved, replaced or added. */
export function mutate(random: Random, text: string): string {
  let result = text;
  const changes = 1 + random.below(4);
  for (let change = 0; change < changes; change++) {
    const at = random.below(result.length + 1);
    const to = Math.min(result.length, at + random.below(6));
    const part = result.slice(at, to);
    const rest = result.slice(to);
    const before = result.slice(0, at);
    switch (random.below(5)) {
      case 0:
        result = before + rest;
        break;
      case 1:
        result = before + part + part + rest;
        break;
      case 2:
        result = before + random.pick(PIECES) + part + rest;
        break;
      case 3:
        result = before + random.pick(PIECES) + rest;
        break;
      default:
        result = part + before + rest;
    }
  }
  return result;
}
