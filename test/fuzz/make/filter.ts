import type { Random } from '../../harness/random.ts';
import { mutate } from './mutate.ts';
import { comparable } from './plausible.ts';
import { ATTRIBUTES, FILTER_OPERATORS, NUMBERS, STRANGE_NAMES, TEXTS } from './words.ts';

const COMPLEX = ['emails', 'phoneNumbers', 'addresses', 'members', 'name', 'roles', 'groups', 'userName', 'x'] as const;
const SUB_ATTRIBUTES = ['value', 'type', 'primary', 'display', '$ref', 'locality', 'familyName', 'nothing'] as const;
const USUAL_OPERATORS = FILTER_OPERATORS.slice(0, 10);

export const attributeName = (random: Random): string =>
  random.chance(0.95) ? random.pick(ATTRIBUTES) : random.pick(STRANGE_NAMES);

/** A comparison value as it stands in a filter. */
function value(random: Random, name: string): string {
  if (random.chance(0.7)) return JSON.stringify(comparable(random, name));
  switch (random.below(8)) {
    case 0:
      return random.pick(NUMBERS);
    case 1:
      return random.pick(['true', 'false', 'null', 'TRUE', 'undefined', 'True']);
    case 2:
      return random.pick(TEXTS);
    case 3:
      return `'${random.pick(TEXTS)}'`;
    default:
      return JSON.stringify(random.pick(TEXTS));
  }
}

function comparison(random: Random, name: string): string {
  const operator = random.chance(0.95) ? random.pick(USUAL_OPERATORS) : random.pick(FILTER_OPERATORS);
  const gap = random.chance(0.95) ? ' ' : random.pick(['', '  ', '\t']);
  return /pr/i.test(operator) ? `${name}${gap}${operator}` : `${name}${gap}${operator}${gap}${value(random, name)}`;
}

function term(random: Random, depth: number, inside: boolean): string {
  const choice = random.below(10);
  if (depth > 0 && choice === 0) return `(${expression(random, depth - 1, inside)})`;
  if (depth > 0 && choice === 1)
    return `not ${random.chance(0.9) ? '' : ' '}(${expression(random, depth - 1, inside)})`;
  if (depth > 0 && choice < 4 && (!inside || random.chance(0.1))) {
    const path = `${random.pick(COMPLEX)}[${expression(random, depth - 1, true)}]`;
    if (random.chance(0.5)) return path;
    return comparison(random, `${path}.${random.pick(SUB_ATTRIBUTES)}`);
  }
  return comparison(random, inside ? random.pick(SUB_ATTRIBUTES) : attributeName(random));
}

function expression(random: Random, depth: number, inside: boolean): string {
  const terms = 1 + (random.chance(0.4) ? random.below(4) : 0);
  let text = term(random, depth, inside);
  for (let index = 1; index < terms; index++) {
    text += ` ${random.pick(['and', 'or', 'and', 'or', 'AND', 'Or'])} ${term(random, depth, inside)}`;
  }
  return text;
}

/** The inside of `attribute[...]`. */
export const elementFilter = (random: Random): string => expression(random, 1, true);

/** A filter: mostly of the grammar of RFC 7644 §3.4.2.2, sometimes broken, deep or long. */
export function randomFilter(random: Random): string {
  const choice = random.below(100);
  if (choice === 0) return `${'('.repeat(random.below(3000))}userName pr`;
  if (choice === 1) return Array.from({ length: random.below(400) }, () => 'title pr').join(' or ');
  if (choice === 2) return `${'not ('.repeat(random.below(60))}title pr${')'.repeat(random.below(60))}`;
  const text = expression(random, random.below(4), false);
  return random.chance(0.1) ? mutate(random, text) : text;
}
