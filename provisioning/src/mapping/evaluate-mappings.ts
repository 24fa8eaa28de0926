import type { Json } from '@rollcall/scim';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import type { SourceObject } from '../source.ts';
import type { Attributes } from '../target.ts';
import type { CompiledAttribute, CompiledObjectMapping } from './compile.ts';
import { ExpressionError, type ExpressionValue, evaluate } from './expression/index.ts';
import { targetValue } from './target-value.ts';

/** What evaluation takes from outside. */
export interface MappingEnvironment {
  /** Milliseconds since 1970. */
  readonly now: number;
  random(bytes: number): Uint8Array;
}

/** What the mappings say of one object. */
export type Evaluation = Pick<
  Assessment,
  'attributes' | 'onCreate' | 'additive' | 'empty' | 'references' | 'matching' | 'redacted' | 'problems'
>;

/** An evaluation while its rows are gone through. */
interface Draft {
  readonly attributes: Map<string, Json>;
  readonly onCreate: Map<string, Json>;
  readonly additive: string[];
  readonly empty: string[];
  readonly references: { readonly path: string; readonly id: string | undefined }[];
  readonly redacted: string[];
  readonly problems: ObjectProblem[];
}

/** A row's value before it is put into the target's type. */
interface Read {
  readonly value: ExpressionValue;
  readonly redacted: boolean;
  readonly additive: boolean;
  /** The expression said that without a value nothing is to happen (IgnoreFlowIfNullOrEmpty). */
  readonly ignored: boolean;
}

/**
 * Evaluates a table for an object, which must be whole: a row that reads an attribute which was left out would clear
 * what it should keep. `softDeleted` is what IsSoftDeleted gives: whether the object is out of scope.
 */
export function evaluateMappings(
  mapping: CompiledObjectMapping,
  object: SourceObject,
  softDeleted: boolean,
  environment: MappingEnvironment,
): Evaluation {
  const draft: Draft = {
    attributes: new Map(),
    onCreate: new Map(),
    additive: [],
    empty: [],
    references: [],
    redacted: [],
    problems: [],
  };
  for (const row of mapping.attributes) {
    const read = readRow(row, mapping, object, softDeleted, environment);
    if ('code' in read) draft.problems.push(read);
    else placeValue(row, read, draft);
  }
  const matching = matchingOf(mapping, draft);
  if (matching.length === 0) {
    const message = 'None of the attributes that are matched on has a value.';
    draft.problems.push({ code: 'ImportSkipped', path: undefined, message });
  }
  return { ...draft, matching };
}

/**
 * The values by which an object is disabled: of the rows that depend on IsSoftDeleted, with it true. Of an object that
 * the directory does not have any more the other attributes count as absent; whether it is disabled does not depend on
 * them.
 */
export function statusOf(
  mapping: CompiledObjectMapping,
  object: SourceObject | undefined,
  environment: MappingEnvironment,
): Attributes {
  const whole = object ?? { type: mapping.type, id: '', version: 0, label: '', document: {} };
  const values = new Map<string, Json>();
  for (const row of mapping.attributes) {
    if (!row.ofScope || row.mapping.apply !== 'always') continue;
    const read = readRow(row, mapping, whole, true, environment);
    const value = 'code' in read ? read : targetValue(row.target, read.value);
    if ('value' in value && value.kind === 'value') values.set(row.mapping.target, value.value);
  }
  return values;
}

function readRow(
  { source, mapping: { target } }: CompiledAttribute,
  { read }: CompiledObjectMapping,
  object: SourceObject,
  softDeleted: boolean,
  environment: MappingEnvironment,
): Read | ObjectProblem {
  const plain = { redacted: false, additive: false, ignored: false };
  switch (source.kind) {
    case 'none':
      return { ...plain, value: null };
    case 'constant':
      return { ...plain, value: source.value };
    case 'direct':
      return { ...plain, value: source.attribute.read(object, softDeleted) };
    case 'expression':
      try {
        const attribute = (name: string) => read.get(name)?.read(object, softDeleted) ?? null;
        const result = evaluate(source.expression, { ...environment, attribute });
        const { value, redacted, ignoreIfEmpty } = result;
        // Roles are the only records, and only the assertive function says that they are all that there is.
        const additive = Array.isArray(value) && typeof value[0] === 'object' && !result.replacesAll;
        return { value, redacted, additive, ignored: ignoreIfEmpty };
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        const message = `${target}, at position ${error.position}: ${error.message}`;
        return { code: 'ExpressionFailed', path: target, message };
      }
  }
}

function placeValue({ mapping, target: attribute }: CompiledAttribute, read: Read, draft: Draft): void {
  const { target: path, apply, defaultValue } = mapping;
  if (read.redacted) draft.redacted.push(path);
  if (read.additive) draft.additive.push(path);
  const value = targetValue(attribute, read.value);
  if (value.kind === 'problem') {
    draft.problems.push({ code: value.code, path, message: value.message });
    return;
  }
  if (attribute.type === 'reference') {
    draft.references.push({ path, id: value.kind === 'value' ? String(value.value) : undefined });
    return;
  }
  if (value.kind === 'value') {
    (apply === 'always' ? draft.attributes : draft.onCreate).set(path, value.value);
    return;
  }
  if (read.ignored) return;
  const otherwise = targetValue(attribute, defaultValue ?? null);
  if (otherwise.kind === 'value') {
    // Not cleared later either: the target has had the default since creation.
    draft.onCreate.set(path, otherwise.value);
  } else if (attribute.required) {
    draft.problems.push({ code: 'MissingValues', path, message: `${path} has no value.` });
  } else if (apply === 'always' && mapping.source.kind !== 'none') {
    draft.empty.push(path);
  }
}

function matchingOf({ attributes }: CompiledObjectMapping, draft: Draft): Evaluation['matching'] {
  return attributes
    .filter(({ mapping }) => mapping.matching > 0)
    .toSorted((a, b) => a.mapping.matching - b.mapping.matching)
    .flatMap(({ mapping: { target } }) => {
      const value = draft.attributes.get(target) ?? draft.onCreate.get(target);
      return value === undefined || typeof value === 'object' ? [] : [{ path: target, value: String(value) }];
    });
}
