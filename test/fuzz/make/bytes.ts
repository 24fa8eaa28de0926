import type { Json } from '@rollcall/scim';
import type { Random } from '../../harness/random.ts';
import { mutate } from './mutate.ts';
import { NUMBERS } from './words.ts';

/** JSON text with something wrong or extreme in it: cut, mutated, huge numbers, doubled keys, deep nesting, bad UTF-8. */
export function randomBytes(random: Random, json: Json): Buffer {
  const text = JSON.stringify(json);
  switch (random.below(10)) {
    case 0:
      return Buffer.from(text.slice(0, random.below(text.length + 1)));
    case 1:
      return Buffer.from(text.replace(/:/, `:${'['.repeat(random.below(5000))}`));
    case 2:
      return Buffer.from(`${'{"a":'.repeat(random.below(2000))}1`);
    case 3:
      return Buffer.from(text.replace(/:("[^"]*"|true|false|null|\d+)/, () => `:${random.pick(NUMBERS)}`));
    case 4:
      return Buffer.from(
        text.replace(/^\{/, '{"schemas":["x"],"userName":"twice","userName":"thrice","__proto__":{"polluted":1},'),
      );
    case 5: {
      const bytes = Buffer.from(text);
      for (let change = 0; change < 3 && bytes.length > 0; change++)
        bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    }
    case 6:
      return Buffer.from(text, 'utf16le');
    case 7:
      return Buffer.from(`\ufeff${text}`);
    case 8:
      return Buffer.from(`${text}${random.pick([',', '}', 'x', ' ', text])}`);
    default:
      return Buffer.from(mutate(random, text));
  }
}
