import { NORMALIZED_LETTERS } from '../diacritics.ts';
import { type ExpressionFunction, parameters } from '../function.ts';
import { lowerCase, properCase, upperCase } from '../letter-case.ts';
import { isList, textOf } from '../value.ts';

/**
 * Lengths and positions count Unicode characters and begin with 1; Microsoft's count UTF-16 units, which differs only
 * beyond U+FFFF, where a cut would leave half a character. Edge cases as Microsoft documents them for provisioning
 * and, where that is silent, for Entra Connect.
 */
export const textFunctions: readonly ExpressionFunction[] = [
  {
    name: 'Append',
    group: 'text',
    parameters: parameters('source', 'suffix'),
    summary: 'Puts the suffix behind the source; an absent source stays absent.',
    example: 'Append([userPrincipalName], ".test")',
    result: 'mira@example.com.test',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      return source === null ? null : source + (call.text(1) ?? '');
    },
  },
  {
    name: 'Contains',
    group: 'text',
    parameters: parameters('source', 'find'),
    summary: 'Tells whether a text contains another one, or a list has an element that equals it; case counts.',
    example: 'Contains([displayName], "Okafor")',
    result: 'True',
    entra: false,
    evaluate: (call) => {
      const source = call.value(0);
      const find = call.text(1);
      if (find === null) return false;
      if (isList(source)) return source.some((element) => element === find);
      return textOf(source)?.includes(find) ?? false;
    },
  },
  {
    name: 'InStr',
    group: 'text',
    parameters: parameters('source', 'find', 'start?', 'compareType?'),
    summary: 'The position of a text in another one, from 1, or 0; vbTextCompare ignores case.',
    example: 'InStr("The quick brown fox", "quick")',
    result: '5',
    entra: true,
    evaluate: (call) => {
      const start = call.has(2) ? call.whole(2) : 1;
      if (start < 1) throw call.failure('The start of InStr is 1 or more.');
      const comparison = call.text(3) ?? 'vbBinaryCompare';
      if (!COMPARISONS.has(comparison)) throw call.failure('InStr compares by vbTextCompare or vbBinaryCompare.');
      const ignoresCase = comparison === 'vbTextCompare' || comparison === '1';
      const prepared = (text: string | null): string => (ignoresCase ? lowerCase(text ?? '') : (text ?? ''));
      const source = prepared(call.text(0));
      const from = characters(source)
        .slice(0, start - 1)
        .join('').length;
      const found = source.indexOf(prepared(call.text(1)), from);
      return found === -1 || start > characters(source).length ? 0 : characters(source.slice(0, found)).length + 1;
    },
  },
  {
    name: 'Left',
    group: 'text',
    parameters: parameters('source', 'numChars'),
    summary: 'The first characters of a text; all of it for a negative count, and nothing for an absent source.',
    example: 'Left("Mira Okafor", 3)',
    result: 'Mir',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0) ?? '';
      const count = call.whole(1);
      return count < 0 ? source : characters(source).slice(0, count).join('');
    },
  },
  {
    name: 'Len',
    group: 'text',
    parameters: parameters('source'),
    summary: 'The number of characters of a text; 0 for an absent one.',
    example: 'Len([givenName])',
    result: '4',
    entra: false,
    evaluate: (call) => characters(call.text(0) ?? '').length,
  },
  {
    name: 'Mid',
    group: 'text',
    parameters: parameters('source', 'start', 'length'),
    summary: 'So many characters of a text from a position that counts from 1, or what there is of them.',
    example: 'Mid([surname], 2, 3)',
    result: 'kaf',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0) ?? '';
      const start = call.whole(1);
      const length = call.whole(2);
      if (start < 1) return source;
      return characters(source)
        .slice(start - 1, start - 1 + Math.max(0, length))
        .join('');
    },
  },
  {
    name: 'NormalizeDiacritics',
    group: 'text',
    parameters: parameters('source'),
    summary: 'Takes the accents off Latin letters (ä is a, ø is oe, ß is ss); other scripts stay as they are.',
    example: 'NormalizeDiacritics("Zoë Müßiggang")',
    result: 'Zoe Mussiggang',
    entra: true,
    evaluate: (call) => withoutDiacritics(call.text(0)),
  },
  {
    name: 'PCase',
    group: 'text',
    parameters: parameters('source', 'wordSeparators?'),
    summary:
      'Every word with one capital; the separators say where words begin, by default all but letters and digits.',
    example: 'PCase("PINTO-DE\'SILVA", " \'-")',
    result: "Pinto-De'Silva",
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      return source === null ? null : properCase(source, call.text(1));
    },
  },
  {
    name: 'Right',
    group: 'text',
    parameters: parameters('source', 'numChars'),
    summary: 'The last characters of a text; all of it for a negative count, and nothing for an absent source.',
    example: 'Right("Mira Okafor", 6)',
    result: 'Okafor',
    entra: false,
    evaluate: (call) => {
      const source = call.text(0) ?? '';
      const count = call.whole(1);
      const all = characters(source);
      return count < 0 ? source : all.slice(Math.max(0, all.length - count)).join('');
    },
  },
  {
    name: 'StripSpaces',
    group: 'text',
    parameters: parameters('source'),
    summary: 'Removes all spaces (U+0020), and no other blanks.',
    example: 'StripSpaces("van den Berg")',
    result: 'vandenBerg',
    entra: true,
    evaluate: (call) => call.text(0)?.replaceAll(' ', '') ?? null,
  },
  {
    name: 'ToLower',
    group: 'text',
    parameters: parameters('source', 'culture?'),
    summary: 'Small letters, of a culture such as tr-TR if one is given.',
    example: 'ToLower([displayName])',
    result: 'mira okafor',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      if (source === null) return null;
      return lowerCase(source, knownCulture(call.text(1), call.failure));
    },
  },
  {
    name: 'ToUpper',
    group: 'text',
    parameters: parameters('source', 'culture?'),
    summary: 'Capital letters, of a culture such as tr-TR if one is given.',
    example: 'ToUpper([givenName])',
    result: 'MIRA',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      if (source === null) return null;
      return upperCase(source, knownCulture(call.text(1), call.failure));
    },
  },
  {
    name: 'Trim',
    group: 'text',
    parameters: parameters('source'),
    summary: 'Removes the blanks at both ends.',
    example: 'Trim("  Mira ")',
    result: 'Mira',
    entra: false,
    evaluate: (call) => call.text(0)?.trim() ?? null,
  },
  {
    name: 'Word',
    group: 'text',
    parameters: parameters('source', 'wordNumber', 'delimiters'),
    summary: 'A word of a text by its number from 1, or nothing; every character of the delimiters ends a word.',
    example: 'Word("This,string!has&many separators", 3, ",!&#")',
    result: 'has',
    entra: true,
    evaluate: (call) => {
      const number = call.whole(1);
      const delimiters = new Set(call.text(2) ?? '');
      let words = [''];
      for (const character of call.text(0) ?? '') {
        if (delimiters.has(character)) words.push('');
        else words.push((words.pop() ?? '') + character);
      }
      words = words.filter((word) => word !== '');
      return words[number - 1] ?? '';
    },
  },
];

const COMPARISONS: ReadonlySet<string> = new Set(['vbTextCompare', 'vbBinaryCompare', '1', '0']);

function characters(text: string): readonly string[] {
  return [...text];
}

/** Marks are taken off Latin letters alone: elsewhere they make another letter. */
function withoutDiacritics(source: string | null): string | null {
  if (source === null) return null;
  return source
    .normalize('NFD')
    .replace(/([A-Za-zæÆøØœŒıłŁß])\p{Mn}+/gu, '$1')
    .replace(/[æÆøØœŒıłŁß]/g, (letter) => NORMALIZED_LETTERS.get(letter) ?? letter)
    .normalize('NFC');
}

function knownCulture(culture: string | null, failure: (message: string) => Error): string | undefined {
  if (culture === null || culture === '') return undefined;
  try {
    return Intl.getCanonicalLocales(culture)[0];
  } catch {
    throw failure(`"${culture.slice(0, 20)}" is no culture; write it such as en-US.`);
  }
}
