import type { Json, JsonObject } from '@rollcall/scim';
import type { Random } from '../../harness/random.ts';
import { FUZZ_CHANGES, FUZZ_SCHEMA, REQUIRED_SCHEMA } from './extension.ts';
import { TEXTS } from './words.ts';

const PLAIN_TEXTS = TEXTS.filter((text) => text !== '' && !text.includes('\0') && text.isWellFormed());
const DATES = ['2024-02-29T12:00:00Z', '2026-01-01T00:00:00.123+02:00', '1970-01-01T00:00:00Z'] as const;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ELEMENTS = ['emails', 'phoneNumbers', 'ims', 'photos', 'addresses', 'entitlements', 'roles', 'x509Certificates'];

/** What an attribute of this name usually holds, as a filter compares it. */
export function comparable(random: Random, name: string): string | boolean | number {
  if (/active|primary|remote|open/i.test(name)) return random.chance(0.5);
  if (/lastModified|created|hired/i.test(name)) return random.pick(DATES);
  if (/size|level|numbers|weight/i.test(name)) return random.below(5) - 1;
  if (name === 'value' && random.chance(0.3)) return random.pick(['a', 'b', 1]);
  return random.pick(PLAIN_TEXTS);
}

const element = (random: Random, attribute: string): JsonObject => ({
  ...(attribute === 'addresses'
    ? { locality: random.pick(PLAIN_TEXTS) }
    : { value: attribute === 'x509Certificates' ? 'Zm9v' : `https://${random.below(4)}.example` }),
  ...(random.chance(0.7) ? { type: random.pick(['work', 'home', 'other']) } : {}),
  ...(random.chance(0.3) ? { primary: random.chance(0.7) } : {}),
});

const elements = (random: Random, attribute: string): JsonObject[] =>
  Array.from({ length: 1 + random.below(3) }, () => element(random, attribute));

const text = (random: Random): string => random.pick(PLAIN_TEXTS);

/** Paths of a User with what clients send for them. */
const USER: readonly (readonly [path: string, value: (random: Random) => Json])[] = [
  ['userName', text],
  ['displayName', text],
  ['TITLE', text],
  ['active', (random) => random.pick<Json>([true, false, 'True', 'False'])],
  ['name', (random) => ({ familyName: text(random), givenName: text(random) })],
  ['name.familyName', text],
  ['profileUrl', () => 'https://a.example/'],
  [ENTERPRISE, (random) => ({ department: text(random), manager: { value: text(random) } })],
  [`${ENTERPRISE}:department`, text],
  [
    `${ENTERPRISE}:manager`,
    (random) => random.pick<Json>([{ value: 'a' }, { value: 'b' }, 'b', '', [{ value: 'b' }], { displayName: 'x' }]),
  ],
  [`${ENTERPRISE}:manager.value`, text],
  [`${ENTERPRISE}.costCenter`, text],
  ['department', text],
  ['manager', () => 'a'],
  ['password', text],
  ['schemas', (random) => random.pick<Json>([[ENTERPRISE], [CORE], [], ['urn:x']])],
  [`schemas[value eq "${ENTERPRISE}"]`, () => null],
  [REQUIRED_SCHEMA, (random) => random.pick<Json>([{ note: 'm' }, null])],
  [ENTERPRISE, () => null],
  ['id', () => 'x'],
  ['groups', () => [{ value: 'x' }]],
  ['meta.version', () => 'W/"1"'],
  ...ELEMENTS.flatMap((name): (readonly [string, (random: Random) => Json])[] => [
    [name, (random) => elements(random, name)],
    [name, (random) => element(random, name)],
    [name, (random) => elements(random, name)[0]?.value ?? ''],
    [`${name}[type eq "work"]`, (random) => element(random, name)],
    [`${name}[type eq "work"].${name === 'addresses' ? 'locality' : 'value'}`, () => 'Zm9v'],
    [`${name}[primary eq true]`, (random) => ({ display: text(random) })],
    [`${name}[type eq "home" and primary eq false].display`, text],
    [`${name}[not (type pr)].type`, () => 'other'],
    [`${name}[value sw "h" or display pr]`, (random) => element(random, name)],
    [`${name}.type`, () => 'work'],
    [`${name}.primary`, (random) => random.chance(0.5)],
  ]),
];

const membersOf = (random: Random, ids: readonly string[]): JsonObject[] =>
  Array.from({ length: 1 + random.below(3) }, () => ({
    value: random.pick(ids),
    ...(random.chance(0.3) ? { display: random.pick<Json>(['Someone', null]) } : {}),
    ...(random.chance(0.3) ? { type: random.pick(['User', 'Group']), $ref: 'https://a.example/Users/1' } : {}),
  }));

function groupOperation(random: Random, ids: readonly string[]): readonly [string, Json] {
  const id = random.pick(ids);
  switch (random.below(8)) {
    case 0:
      return ['displayName', text(random)];
    case 1:
      return [`members[value eq "${id}"]`, random.pick<Json>([null, { value: id }, [{ value: id }]])];
    case 2:
      return [`members[value eq "${id}" or value eq "${random.pick(ids)}"]`, { value: random.pick(ids) }];
    case 3:
      return [`members[value eq "${id}"].${random.pick(['display', 'type', 'value', '$ref', 'x'])}`, 'x'];
    case 4:
      return ['members[type eq "User" and value sw "0"]', membersOf(random, ids)];
    case 5:
      return ['members', random.pick<Json>([id, [id], { value: id }, [], null, [{ display: 'nobody' }], [[]], 7])];
    default:
      return ['members', membersOf(random, ids)];
  }
}

function extensionChange(random: Random): readonly [string, Json] {
  const [path, values] = random.pick(FUZZ_CHANGES);
  return [random.chance(0.9) ? `${FUZZ_SCHEMA}:${path}` : path, random.pick(values)];
}

/** A User or Group as a client sends it: some attributes of the core, some of extensions. */
export function plausibleResource(random: Random, type: string, schema: string, ids: readonly string[]): JsonObject {
  if (type === 'Group') return { schemas: [schema], displayName: text(random), members: membersOf(random, ids) };
  const core = ELEMENTS.filter(() => random.chance(0.4)).map((name) => [name, elements(random, name)]);
  const own = FUZZ_CHANGES.filter(([path]) => /^\w+$/.test(path) && path !== 'shown' && random.chance(0.5));
  const fuzz = own.map(([path, values]) => [path, values[0] ?? null]);
  const manager = { value: 'a', ...(random.chance(0.5) ? { $ref: 'https://a.example/Users/a' } : {}) };
  return {
    schemas: [schema],
    userName: text(random),
    active: random.chance(0.5),
    name: { familyName: text(random) },
    ...Object.fromEntries(core),
    ...(random.chance(0.7) ? { [ENTERPRISE]: { department: text(random), manager } } : {}),
    [REQUIRED_SCHEMA]: { note: 'n' },
    ...(random.chance(0.7) ? { [FUZZ_SCHEMA]: { needed: 'n', ...Object.fromEntries(fuzz) } } : {}),
  };
}

/** A path with a value that fits it, as clients send them. */
export function plausibleChange(random: Random, type: string, ids: readonly string[]): readonly [string, Json] {
  if (type === 'Group') return groupOperation(random, ids);
  if (random.chance(0.4)) return extensionChange(random);
  const [path, value] = random.pick(USER);
  return [path, value(random)];
}
