import type { CallExpression, Expression } from '../ast.ts';
import type { Call } from '../call.ts';
import { ExpressionError } from '../error.ts';
import { type ExpressionFunction, parameters } from '../function.ts';
import { MAX_TEXT } from '../max-text.ts';
import { compileRegularExpression, type RegularExpression } from '../pattern/compile.ts';
import { expandReplacement } from '../pattern/expand-replacement.ts';
import { groupNumber } from '../pattern/groups.ts';

const OLD = 1;
const PATTERN = 2;
const GROUP = 3;
const REPLACEMENT = 4;
const ATTRIBUTE = 5;
const TEMPLATE = 6;

export const replaceFunctions: readonly ExpressionFunction[] = [
  {
    name: 'RegexMatch',
    group: 'text',
    parameters: parameters('source', 'pattern'),
    summary: 'Tells whether a .NET regular expression matches a part of the source; an absent source matches nothing.',
    example: 'RegexMatch([mail], "@example\\\\.com$")',
    result: 'True',
    entra: false,
    check: (call) => checkPattern(call, 1),
    evaluate: (call) => {
      const source = call.text(0);
      const pattern = compileRegularExpression(call.text(1) ?? '', call.position);
      if (source === null) return false;
      for (const _ of matches(pattern, source, call)) return true;
      return false;
    },
  },
  {
    name: 'Replace',
    group: 'text',
    parameters: parameters(
      'source',
      'oldValue?',
      'regexPattern?',
      'regexGroupName?',
      'replacementValue?',
      'replacementAttributeName?',
      'template?',
    ),
    summary: 'Replaces a text, what a .NET regular expression matches, or one of its groups; case counts.',
    example: 'Replace([mail], "@example.com", , , "", , )',
    result: 'mira',
    entra: true,
    check: checkReplace,
    evaluate: replace,
  },
];

/** The five ways to combine the parameters, as Microsoft documents them. An empty one counts as left out. */
function replace(call: Call): string | null {
  const source = call.text(0);
  const [old, pattern, group] = [call.text(OLD), call.text(PATTERN), call.text(GROUP)];
  const [replacement, attribute, template] = [call.text(REPLACEMENT) ?? '', call.text(ATTRIBUTE), call.text(TEMPLATE)];
  if (!pattern) {
    if (!old) throw call.failure('Replace has neither an oldValue nor a regexPattern.');
    if (source === null) return null;
    return template ? replaceText(template, old, source, call) : replaceText(source, old, replacement, call);
  }
  const compiled = compileRegularExpression(pattern, call.position);
  if (!group) return source === null ? null : replaceMatches(source, compiled, replacement, call);
  const number = groupNumber(compiled.groups, group);
  if (number === undefined) throw call.failure(`The regular expression has no group ${group.slice(0, 50)}.`);
  if (call.has(ATTRIBUTE) && (!call.has(REPLACEMENT) || (replacement === '' && attribute !== ''))) {
    return source || extracted(attribute, compiled, number, call);
  }
  return source === null ? null : replaceGroup(source, compiled, number, replacement, call);
}

function replaceText(source: string, old: string, replacement: string, call: Call): string {
  let count = 0;
  for (let at = source.indexOf(old); at !== -1; at = source.indexOf(old, at + old.length)) count += 1;
  limited(source.length + count * (replacement.length - old.length), call);
  return source.split(old).join(replacement);
}

function replaceMatches(source: string, pattern: RegularExpression, replacement: string, call: Call): string {
  // Every $ can stand for as much as the whole source.
  limited(replacement.length + (replacement.split('$').length - 1) * source.length, call);
  let result = '';
  let end = 0;
  for (const match of matches(pattern, source, call)) {
    result += source.slice(end, match.index) + expandReplacement(replacement, match, pattern.groups);
    end = match.index + match[0].length;
    limited(result.length, call);
  }
  return result + source.slice(end);
}

function replaceGroup(
  source: string,
  pattern: RegularExpression,
  group: number,
  replacement: string,
  call: Call,
): string {
  let result = '';
  let end = 0;
  for (const match of matches(pattern, source, call)) {
    const place = match.indices?.[group];
    if (place === undefined || place[0] < end) continue;
    result += source.slice(end, place[0]) + replacement;
    end = place[1];
    limited(result.length, call);
  }
  return result + source.slice(end);
}

/** What the group matches in the attribute that stands in for an empty source. */
function extracted(text: string | null, pattern: RegularExpression, group: number, call: Call): string | null {
  if (text === null) return null;
  for (const match of matches(pattern, text, call)) return match[group] ?? null;
  return null;
}

/** All matches. JavaScript runs out of stack on some patterns; that is an error of this expression, not of Rollcall. */
function* matches({ expression }: RegularExpression, text: string, call: Call): Generator<RegExpExecArray> {
  const found = text.matchAll(expression);
  for (;;) {
    let next: IteratorResult<RegExpExecArray>;
    try {
      next = found.next();
    } catch {
      throw call.failure('The regular expression is too deep for this text.');
    }
    if (next.done) return;
    yield next.value;
  }
}

function limited(length: number, call: Call): void {
  if (length > MAX_TEXT) throw call.failure(`Replace gives more than ${MAX_TEXT} characters.`);
}

function checkReplace(call: CallExpression): void {
  const has = (index: number): boolean => call.arguments[index] !== undefined;
  const filled = (index: number): boolean => has(index) && !isEmptyText(call.arguments[index]);
  const byText = filled(OLD) && (has(REPLACEMENT) || filled(TEMPLATE));
  const byPattern = filled(PATTERN) && (has(REPLACEMENT) || (filled(GROUP) && has(ATTRIBUTE)));
  if (!byText && !byPattern) {
    throw new ExpressionError(
      'Replace needs oldValue with replacementValue or template, or regexPattern with replacementValue, or ' +
        'regexPattern with regexGroupName and replacementAttributeName. Parameters are told apart by their place: ' +
        'Replace(source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttributeName, template).',
      call.position,
    );
  }
  checkPattern(call, PATTERN);
}

function isEmptyText(argument: Expression | undefined): boolean {
  return argument?.kind === 'constant' && argument.value === '';
}

/** A pattern that is written out is compiled when the expression is read, so that its error shows early. */
function checkPattern(call: CallExpression, index: number): void {
  const argument = call.arguments[index];
  if (argument?.kind !== 'constant' || typeof argument.value !== 'string') return;
  compileRegularExpression(argument.value, argument.position);
}
