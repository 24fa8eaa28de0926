import { groupNumber, type PatternGroups } from './groups.ts';

/**
 * The text that takes the place of a match, with the substitutions of .NET: `${name}`, `$1`, `$$`, `$&`, `` $` ``,
 * `$'`, `$+` (the last group) and `$_` (all of the input). What names no group stands for itself.
 */
export function expandReplacement(replacement: string, match: RegExpExecArray, groups: PatternGroups): string {
  const substitution = /\$(?:\{(\w+)\}|(\d+)|([$&`'+_]))/g;
  return replacement.replace(substitution, (written, name?: string, number?: string, sign?: string) => {
    if (sign !== undefined) return signed(sign, match, groups);
    const group = groupNumber(groups, name ?? number ?? '');
    return group === undefined ? written : (match[group] ?? '');
  });
}

function signed(sign: string, match: RegExpExecArray, groups: PatternGroups): string {
  const [whole] = match;
  if (sign === '$') return '$';
  if (sign === '&') return whole;
  if (sign === '`') return match.input.slice(0, match.index);
  if (sign === "'") return match.input.slice(match.index + whole.length);
  if (sign === '_') return match.input;
  return match[groupNumber(groups, String(groups.length)) ?? 0] ?? '';
}
