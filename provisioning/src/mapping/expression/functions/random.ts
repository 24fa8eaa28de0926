import type { Call } from '../call.ts';
import { type ExpressionFunction, parameters } from '../function.ts';

const MAX_LENGTH = 256;

/** The classes of Windows' password complexity rules; the special characters are those that Microsoft lists there. */
const CLASSES = [
  { name: 'digits', letters: '0123456789', argument: 1 },
  { name: 'special characters', letters: '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/', argument: 2 },
  { name: 'capital letters', letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', argument: 3 },
  { name: 'small letters', letters: 'abcdefghijklmnopqrstuvwxyz', argument: 4 },
] as const;

export const randomFunctions: readonly ExpressionFunction[] = [
  {
    name: 'Guid',
    group: 'random',
    parameters: [],
    summary: 'A new random GUID.',
    example: 'Guid()',
    result: '00010203-0405-4607-8809-0a0b0c0d0e0f',
    entra: true,
    evaluate: (call) => {
      const bytes = Array.from(call.environment.random(16));
      // RFC 9562 §5.4: version 4, variant 10.
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  },
  {
    name: 'RandomString',
    group: 'random',
    parameters: parameters(
      'length',
      'minimumNumbers',
      'minimumSpecialCharacters',
      'minimumCapital',
      'minimumLowerCase',
      'charactersToAvoid?',
    ),
    summary: 'A random text with at least so many digits, special characters, capital and small letters.',
    example: 'RandomString(6, 3, 0, 0, 3)',
    result: 'xbf137',
    entra: true,
    evaluate: randomString,
  },
];

function randomString(call: Call): string {
  const length = call.whole(0);
  if (length < 1 || length > MAX_LENGTH) throw call.failure(`The length of RandomString is 1 to ${MAX_LENGTH}.`);
  const avoided = new Set(call.text(5) ?? '');
  const classes = CLASSES.map(({ name, letters, argument }) => {
    const allowed = [...letters].filter((letter) => !avoided.has(letter));
    const least = call.whole(argument);
    if (least < 0) throw call.failure('A minimum of RandomString cannot be negative.');
    if (least > 0 && allowed.length === 0)
      throw call.failure(`RandomString must avoid all ${name} and needs ${least}.`);
    return { allowed, least };
  });
  const sum = classes.reduce((total, { least }) => total + least, 0);
  if (sum > length) throw call.failure(`The minima of RandomString add up to ${sum}, more than its length ${length}.`);
  const all = classes.flatMap(({ allowed }) => allowed);
  if (all.length === 0) throw call.failure('RandomString must avoid every character.');
  const letters = classes.flatMap(({ allowed, least }) => Array.from({ length: least }, () => pick(call, allowed)));
  while (letters.length < length) letters.push(pick(call, all));
  return shuffled(call, letters).join('');
}

function pick(call: Call, letters: readonly string[]): string {
  return letters[below(call, letters.length)] ?? '';
}

/** Fisher and Yates: the characters of the minima must not stand in front. */
function shuffled(call: Call, letters: readonly string[]): readonly string[] {
  const rest = [...letters];
  const result: string[] = [];
  while (rest.length > 0) result.push(...rest.splice(below(call, rest.length), 1));
  return result;
}

/** A number from 0 to below `limit`. Of 32 bits, so that no number comes noticeably more often than another. */
function below(call: Call, limit: number): number {
  let number = 0;
  for (const byte of call.environment.random(4)) number = number * 256 + byte;
  return number % limit;
}
