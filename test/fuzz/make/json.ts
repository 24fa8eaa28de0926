import type { Json, JsonObject } from '@rollcall/scim';
import type { Random } from '../../harness/random.ts';
import { ATTRIBUTES, STRANGE_NAMES, TEXTS } from './words.ts';

const KEYS = ['value', 'type', 'primary', 'display', '$ref', 'formatted', 'locality', 'members', 'emails'] as const;

/** Sets a key as JSON.parse would: `__proto__` too becomes one like any other. */
function set(object: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

const anyKey = (random: Random): string => {
  const choice = random.below(10);
  if (choice < 5) return random.pick(KEYS);
  return choice < 9 ? random.pick(ATTRIBUTES) : random.pick(STRANGE_NAMES);
};

/** Any JSON value, up to a few levels deep. */
export function randomJson(random: Random, depth = 3): Json {
  const choice = random.below(depth > 0 ? 10 : 6);
  switch (choice) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick([0, 1, -1, 1.5, 1e308, 2 ** 53, -0, 1e21]);
    case 3:
    case 4:
    case 5:
      return random.pick(TEXTS);
    case 6:
    case 7:
      return Array.from({ length: random.below(4) }, () => randomJson(random, depth - 1));
    default: {
      const object: Record<string, Json> = {};
      const keys = random.below(5);
      for (let index = 0; index < keys; index++) set(object, anyKey(random), randomJson(random, depth - 1));
      return object;
    }
  }
}

/** An element of a multi-valued attribute such as `emails` or `members`. */
export function randomElement(random: Random, ids: readonly string[]): JsonObject {
  const element: Record<string, Json> = {};
  if (random.chance(0.9)) element.value = random.chance(0.5) ? random.pick(ids) : random.pick(TEXTS);
  if (random.chance(0.6)) element.type = random.pick(['work', 'home', 'other', 'User', 'Group', 'WORK']);
  if (random.chance(0.3)) element.primary = random.pick<Json>([true, false, 'True', 'false', 1]);
  if (random.chance(0.2)) element.display = random.pick<Json>([null, 'Someone', '']);
  if (random.chance(0.1)) set(element, anyKey(random), randomJson(random, 1));
  return element;
}

export const randomElements = (random: Random, ids: readonly string[]): JsonObject[] =>
  Array.from({ length: random.below(5) }, () => randomElement(random, ids));

/** A User or Group as some client might send it. */
export function randomResource(random: Random, schema: string, ids: readonly string[]): JsonObject {
  const resource: Record<string, Json> = {};
  if (random.chance(0.9)) resource.schemas = random.chance(0.9) ? [schema] : randomJson(random, 1);
  if (random.chance(0.9)) resource.userName = `${random.pick(TEXTS)}${random.below(1_000_000)}`;
  if (random.chance(0.7)) resource.displayName = `${random.pick(TEXTS)}${random.below(1_000_000)}`;
  if (random.chance(0.5)) resource.emails = randomElements(random, ids);
  if (random.chance(0.3)) resource.members = randomElements(random, ids);
  const others = random.below(4);
  for (let index = 0; index < others; index++) set(resource, anyKey(random), randomJson(random));
  return resource;
}
