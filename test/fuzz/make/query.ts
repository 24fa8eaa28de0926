import type { Random } from '../../harness/random.ts';
import { attributeName, randomFilter } from './filter.ts';
import { mutate } from './mutate.ts';
import { NUMBERS, TEXTS } from './words.ts';

const PARAMETERS = [
  'filter',
  'attributes',
  'excludedAttributes',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
] as const;
const BROKEN = [
  'filter',
  'filter=',
  '&&',
  '=',
  '%',
  '%zz',
  'filter=%ff%fe',
  'count=%00',
  'a[b]=c',
  '__proto__=x',
  'filter[x]=y',
] as const;

function value(random: Random, parameter: (typeof PARAMETERS)[number]): string {
  switch (parameter) {
    case 'filter':
      return randomFilter(random);
    case 'attributes':
    case 'excludedAttributes':
      return Array.from({ length: random.below(4) }, () => attributeName(random)).join(random.pick([',', ', ', ',,']));
    case 'sortBy':
      return attributeName(random);
    case 'sortOrder':
      return random.pick(['ascending', 'descending', 'Descending', 'up', '']);
    case 'cursor':
      return random.chance(0.5) ? '' : random.pick(TEXTS);
    default:
      return random.chance(0.5) ? random.pick(NUMBERS) : String(random.below(50));
  }
}

/** A query string as it goes over the wire, without the question mark. */
export function randomQuery(random: Random): string {
  const parts = Array.from({ length: random.below(4) }, () => {
    if (random.chance(0.05)) return random.pick(BROKEN);
    const parameter = random.pick(PARAMETERS);
    const text = value(random, parameter).toWellFormed();
    return `${random.chance(0.95) ? parameter : parameter.toUpperCase()}=${encodeURIComponent(text)}`;
  });
  const query = parts.join('&');
  // What is not printable ASCII cannot stand in a request line that a client library sends.
  return random.chance(0.05) ? mutate(random, query).replace(/[^!-~]/g, '') : query;
}
