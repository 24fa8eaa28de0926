import type { ResourceType } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import type { CompiledAttribute, CompiledSource } from './compile.ts';
import { compileSourceAttribute } from './compile-source-attribute.ts';
import { attributesOf, ExpressionError, parseExpression } from './expression/index.ts';
import type { AttributeMapping, TargetAttribute } from './model.ts';
import { type SourceAttribute, SourceAttributeUnknown } from './source-attribute.ts';
import { pathKey } from './target-attributes.ts';
import { parseTargetPath, TargetPathInvalid } from './target-path.ts';
import { targetValue } from './target-value.ts';

/** What the rows of one table are compiled with. */
export interface Table {
  readonly type: ObjectType;
  readonly resourceType: ResourceType;
  /** Found so far, by the name in brackets. */
  readonly read: Map<string, SourceAttribute>;
  targetAttribute(path: string): TargetAttribute;
  report(field: string, message: string, position?: number): void;
}

/** Members of a group are memberships, which have rows of their own. */
export function isMembers(type: ObjectType, target: string): boolean {
  return type === 'Group' && pathKey(target) === pathKey('members');
}

/** Reports a target path that is none. */
export function checkPath(path: string, report: (message: string) => void): void {
  try {
    parseTargetPath(path);
  } catch (error) {
    if (!(error instanceof TargetPathInvalid)) throw error;
    report(error.message);
  }
}

/** Compiles one row; undefined for the members of a group, and when it is wrong, which is reported. */
export function compileRow(mapping: AttributeMapping, field: string, table: Table): CompiledAttribute | undefined {
  const { target: path, source } = mapping;
  checkPath(path, (message) => table.report(`${field}.target`, message));
  if (isMembers(table.type, path)) {
    if (source.kind === 'direct' && source.attribute.toLowerCase() === 'members') return undefined;
    table.report(`${field}.source`, 'The members of a group are mapped directly, from members.');
    return undefined;
  }
  const target = table.targetAttribute(path);
  const compiled = compileSource(mapping, `${field}.source`, target, table);
  const { defaultValue } = mapping;
  if (defaultValue !== undefined) checkText(target, defaultValue, `${field}.defaultValue`, table);
  return compiled && { mapping, target, ...compiled };
}

function compileSource(
  { source }: AttributeMapping,
  field: string,
  target: TargetAttribute,
  table: Table,
): { source: CompiledSource; ofScope: boolean } | undefined {
  switch (source.kind) {
    case 'none':
      return { source, ofScope: false };
    case 'constant':
      checkText(target, source.value, `${field}.value`, table);
      return { source, ofScope: false };
    case 'direct': {
      const attribute = find(source.attribute, table, (message) => table.report(`${field}.attribute`, message));
      if (attribute === undefined) return undefined;
      if (target.type === 'reference' && !attribute.ofObject) {
        table.report(`${field}.attribute`, `${target.path} refers to another object: only manager can be its source.`);
      }
      return { source: { kind: 'direct', attribute }, ofScope: attribute.ofScope };
    }
    case 'expression':
      return compileExpression(source.expression, `${field}.expression`, table);
  }
}

function checkText(target: TargetAttribute, text: string, field: string, table: Table): void {
  if (target.type === 'reference') table.report(field, `${target.path} refers to another object, which no text does.`);
  const value = targetValue(target, text);
  if (value.kind === 'problem') table.report(field, value.message);
}

function compileExpression(
  text: string,
  field: string,
  table: Table,
): { source: CompiledSource; ofScope: boolean } | undefined {
  try {
    const expression = parseExpression(text);
    const names = attributesOf(expression);
    for (const name of names) {
      const at = text.indexOf(`[${name}]`);
      const attribute = find(name, table, (message) => table.report(field, message, at === -1 ? undefined : at));
      if (attribute !== undefined) table.read.set(name, attribute);
    }
    return {
      source: { kind: 'expression', expression },
      ofScope: names.some((name) => table.read.get(name)?.ofScope === true),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    table.report(field, error.message, error.position);
    return undefined;
  }
}

function find(
  name: string,
  { type, resourceType }: Table,
  report: (message: string) => void,
): SourceAttribute | undefined {
  try {
    return compileSourceAttribute(name, type, resourceType);
  } catch (error) {
    if (!(error instanceof SourceAttributeUnknown)) throw error;
    report(error.message);
    return undefined;
  }
}
