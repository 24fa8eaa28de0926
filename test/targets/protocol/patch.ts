import { type Filter, impliedElement, matches } from './filter.ts';
import { type Path, parsePath } from './path.ts';
import { Refusal } from './refusal.ts';
import { type Complex, isComplex, isMultiValued, read, shape, shapeAll, type Value, write } from './value.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export interface Operation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: Path | undefined;
  readonly value: Value | undefined;
}

export interface PatchRules {
  /** RFC 7644 §3.5.2.3: a replace whose filter selects nothing is refused. Without it, the element is made. */
  readonly strictNoTarget: boolean;
}

/** Reads a PatchOp message; `op` in any case, as Microsoft's provisioning service sends it. Throws Refusal. */
export function parsePatch(message: Complex): Operation[] {
  const schemas = read(message, 'schemas');
  const operations = read(message, 'Operations');
  if (!Array.isArray(schemas) || !schemas.includes(PATCH_OP) || !Array.isArray(operations) || operations.length === 0) {
    throw new Refusal(400, 'Not a PatchOp message', 'invalidSyntax');
  }
  return operations.map(parseOperation);
}

function parseOperation(operation: Value): Operation {
  if (!isComplex(operation)) throw new Refusal(400, 'An operation is an object', 'invalidSyntax');
  const op = String(read(operation, 'op')).toLowerCase();
  if (op !== 'add' && op !== 'remove' && op !== 'replace') throw new Refusal(400, `No such op: ${op}`, 'invalidSyntax');
  const path = read(operation, 'path');
  if (path !== undefined && typeof path !== 'string') throw new Refusal(400, 'path is text', 'invalidPath');
  const value = read(operation, 'value');
  if (path === undefined && op === 'remove') throw new Refusal(400, 'remove needs a path', 'noTarget');
  if (path === undefined && !isComplex(value))
    throw new Refusal(400, 'Without a path, value is an object', 'invalidValue');
  if (op !== 'remove' && value === undefined) throw new Refusal(400, `${op} needs a value`, 'invalidValue');
  return { op, path: path === undefined ? undefined : parsePath(path), value };
}

/** A copy of a resource with the operations carried out, all of them or none. Throws Refusal. */
export function applyPatch(resource: Complex, operations: readonly Operation[], rules: PatchRules): Complex {
  const changed = structuredClone(resource);
  for (const { op, path, value } of operations) {
    if (path !== undefined) applyAt(changed, op, path, value, rules);
    else if (isComplex(value)) applyEach(changed, op, undefined, value, rules);
  }
  return changed;
}

/** The attributes of an object, each as if it had been an operation of its own; keys may be whole paths. */
function applyEach(
  resource: Complex,
  op: Operation['op'],
  schema: string | undefined,
  value: Complex,
  rules: PatchRules,
) {
  for (const [name, one] of Object.entries(value)) {
    if (name.toLowerCase() === 'schemas') continue;
    const path = parsePath(name);
    applyAt(resource, op, schema === undefined ? path : { ...path, schema }, one, rules);
  }
}

function applyAt(
  resource: Complex,
  op: Operation['op'],
  path: Path,
  value: Value | undefined,
  rules: PatchRules,
): void {
  const { schema, attribute } = path;
  if (attribute === undefined) {
    if (op === 'remove') write(resource, schema ?? '', undefined);
    else if (isComplex(value)) applyEach(resource, op, schema, value, rules);
    else throw new Refusal(400, 'An extension is an object', 'invalidValue');
    return;
  }
  refuseReadOnly(resource, path, value);
  if (schema === undefined) {
    applyToAttribute(resource, op, attribute, path, value, rules);
    return;
  }
  const held = read(resource, schema);
  const extension = isComplex(held) ? held : {};
  applyToAttribute(extension, op, attribute, path, value, rules);
  write(resource, schema, extension);
}

function refuseReadOnly(resource: Complex, { schema, attribute }: Path, value: Value | undefined): void {
  if (schema !== undefined || attribute === undefined || !/^(id|meta|groups)$/i.test(attribute)) return;
  if (value !== undefined && value === read(resource, attribute)) return;
  throw new Refusal(400, `${attribute} is read-only`, 'mutability');
}

function applyToAttribute(
  container: Complex,
  op: Operation['op'],
  attribute: string,
  { filter, sub }: Path,
  value: Value | undefined,
  rules: PatchRules,
): void {
  const held = read(container, attribute);
  const given = value === undefined ? undefined : shape(sub ?? attribute, value);
  if (filter !== undefined) {
    const elements = Array.isArray(held) ? held.filter(isComplex) : [];
    write(container, attribute, applyToElements(elements, op, filter, sub, value, rules));
  } else if (sub !== undefined) {
    const parents = (Array.isArray(held) ? held : [held ?? {}]).filter(isComplex);
    for (const parent of parents) write(parent, sub, op === 'remove' ? undefined : given);
    const [parent = {}] = parents;
    write(container, attribute, Array.isArray(held) ? parents : shape(attribute, parent));
  } else {
    write(container, attribute, op === 'remove' ? without(held, given) : joined(op, attribute, held, given));
  }
}

/** RFC 7644 §3.5.2.2 empties the attribute; with a list of values, as Microsoft sends it, only these go. */
function without(held: Value | undefined, given: Value | undefined): Value | undefined {
  if (!Array.isArray(held) || !Array.isArray(given) || given.length === 0) return undefined;
  const gone = new Set(given.map(keyOf));
  return held.filter((element) => !gone.has(keyOf(element)));
}

function joined(op: 'add' | 'replace', attribute: string, held: Value | undefined, given: Value | undefined) {
  if (isMultiValued(attribute) || (op === 'add' && Array.isArray(held))) {
    const before = op === 'add' && Array.isArray(held) ? held : [];
    const elements = new Map(before.map((element) => [keyOf(element), element]));
    const added = Array.isArray(given) ? given : given === undefined ? [] : [given];
    for (const element of added) elements.set(keyOf(element), element);
    const all = [...elements.values()];
    keepOnePrimary(all, added);
    return all;
  }
  return isComplex(held) && isComplex(given) ? { ...held, ...given } : given;
}

function applyToElements(
  elements: Complex[],
  op: Operation['op'],
  filter: Filter,
  sub: string | undefined,
  value: Value | undefined,
  rules: PatchRules,
): Complex[] {
  const chosen = elements.filter((element) => matches(filter, element, (name) => name === '$ref'));
  if (op === 'remove') {
    if (sub === undefined) return elements.filter((element) => !chosen.includes(element));
    for (const element of chosen) write(element, sub, undefined);
    return elements.filter((element) => !chosen.includes(element) || holdsSomething(element));
  }
  if (chosen.length === 0) {
    const implied = impliedElement(filter);
    if (implied === undefined || (op === 'replace' && rules.strictNoTarget)) {
      throw new Refusal(400, 'The filter of the path selects nothing', 'noTarget');
    }
    const made = shapeAll(implied);
    elements.push(made);
    chosen.push(made);
  }
  for (const element of chosen) {
    if (sub !== undefined) write(element, sub, value === undefined ? undefined : shape(sub, value));
    else if (isComplex(value)) Object.assign(element, shapeAll(value));
    else throw new Refusal(400, 'The value of an element is an object', 'invalidValue');
  }
  keepOnePrimary(elements, chosen);
  return elements;
}

/** What makes two elements the same: the id of a member, everything of others. */
function keyOf(element: Value): string {
  if (!isComplex(element)) return JSON.stringify(element);
  const { value, type } = element;
  return value === undefined ? JSON.stringify(element) : JSON.stringify([value, type ?? null]);
}

const holdsSomething = (element: Complex): boolean =>
  Object.keys(element).some((name) => !/^(type|primary)$/i.test(name));

/** RFC 7643 §2.4: at most one element is the primary one; the one written last stays it. */
function keepOnePrimary(all: readonly Value[], written: readonly Value[]): void {
  const last = written.filter(isComplex).findLast((element) => element.primary === true);
  if (last === undefined) return;
  for (const element of all)
    if (isComplex(element) && element !== last && element.primary === true) element.primary = false;
}
