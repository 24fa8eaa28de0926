import type { Json, JsonObject } from '@rollcall/scim';
import type { Random } from '../../harness/random.ts';
import { attributeName, elementFilter } from './filter.ts';
import { randomElement, randomElements, randomJson } from './json.ts';
import { mutate } from './mutate.ts';
import { plausibleChange } from './plausible.ts';
import { PATCH_OPERATORS, TEXTS } from './words.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MULTI_VALUED = ['emails', 'members', 'phoneNumbers', 'addresses', 'roles', 'x509Certificates', 'groups'] as const;
const SUB_ATTRIBUTES = ['value', 'type', 'primary', 'display', '$ref', 'locality', 'x'] as const;
const USUAL_OPERATORS = PATCH_OPERATORS.slice(0, 6);

/** The path of an operation: RFC 7644 §3.5.2 Figure 7, sometimes broken. */
export function randomPath(random: Random, ids: readonly string[]): string {
  const choice = random.below(10);
  let path = attributeName(random);
  if (choice < 3) path = `${random.pick(MULTI_VALUED)}[${elementFilter(random)}]`;
  else if (choice === 3) path = `members[value eq "${random.pick(ids)}"]`;
  else if (choice === 4) {
    path = `${random.pick(MULTI_VALUED)}[type eq "${random.pick(['work', 'home', 'x'])}"].${random.pick(SUB_ATTRIBUTES)}`;
  } else if (choice === 5)
    path = `${random.pick(MULTI_VALUED)}[${elementFilter(random)}].${random.pick(SUB_ATTRIBUTES)}`;
  return random.chance(0.1) ? mutate(random, path) : path;
}

function randomValue(random: Random, ids: readonly string[]): Json {
  switch (random.below(8)) {
    case 0:
      return randomElements(random, ids);
    case 1:
      return randomElement(random, ids);
    case 2:
      return random.chance(0.5);
    case 3:
      return { [attributeName(random)]: randomJson(random, 1), [attributeName(random)]: random.pick(TEXTS) };
    case 4:
      return randomJson(random);
    case 5:
      return random.pick(['True', 'False', '', 'true']);
    default:
      return random.pick(TEXTS);
  }
}

function plausibleOperation(random: Random, type: string, ids: readonly string[]): JsonObject {
  const [path, value] = plausibleChange(random, type, ids);
  const op = random.pick(['add', 'replace', 'remove', 'Add', 'replace'] as const);
  if (op === 'remove' && random.chance(0.7)) return { op, path };
  if (random.chance(0.2)) return { op, value: { [path]: value } };
  return { op, path, value: random.chance(0.05) ? null : value };
}

function randomOperation(random: Random, type: string, ids: readonly string[]): JsonObject {
  if (random.chance(0.7)) return plausibleOperation(random, type, ids);
  const operation: Record<string, Json> = {};
  if (random.chance(0.98))
    operation.op = random.chance(0.95) ? random.pick(USUAL_OPERATORS) : random.pick(PATCH_OPERATORS);
  if (random.chance(0.8)) operation[random.chance(0.97) ? 'path' : 'Path'] = randomPath(random, ids);
  if (random.chance(0.85)) operation.value = randomValue(random, ids);
  if (operation.path === undefined && random.chance(0.7)) {
    operation.value = {
      [attributeName(random)]: randomValue(random, ids),
      [attributeName(random)]: randomValue(random, ids),
    };
  }
  return operation;
}

/** Operations by the hundred, on many values: what a limit is for. */
function manyOperations(random: Random): JsonObject[] {
  if (random.chance(0.3)) return Array.from({ length: 10_001 }, () => ({ op: 'remove', path: 'title' }));
  const value = Array.from({ length: 1000 }, (_, index) => ({ value: `${index}@a.example`, type: 'work' }));
  return [
    { op: 'add', path: 'emails', value },
    ...Array.from({ length: 500 }, (_, index) => ({
      op: random.pick(['add', 'replace', 'remove'] as const),
      path: `emails[value eq "${index}@a.example"].display`,
      value: `D${index}`,
    })),
  ];
}

/** The body of a PATCH of a `User` or `Group`, mostly a PatchOp message. `ids` are those of resources that exist. */
export function randomPatch(random: Random, type: string, ids: readonly string[]): Json {
  if (random.chance(0.03)) return randomJson(random);
  const operations = random.chance(0.001)
    ? manyOperations(random)
    : Array.from({ length: 1 + random.below(4) }, () => randomOperation(random, type, ids));
  const body: Record<string, Json> = { schemas: random.chance(0.97) ? [PATCH_OP] : randomJson(random, 1) };
  body[random.chance(0.9) ? 'Operations' : 'operations'] = random.chance(0.98) ? operations : randomJson(random);
  if (random.chance(0.05)) delete body.schemas;
  return body;
}
