import type { Catalogue, ResourceType } from '@rollcall/scim';
import { compileFilters } from '../scope/scoping-filter.ts';
import type { ObjectType } from '../source.ts';
import { checkRows } from './check-rows.ts';
import type { CompiledAttribute, CompiledObjectMapping, CompiledSource } from './compile.ts';
import { attributesOf, ExpressionError, parseExpression, usesRegularExpressions } from './expression/index.ts';
import type { AttributeMapping, MappingProblem, ObjectMapping, TargetAttribute } from './model.ts';
import { compileSourceAttribute, type SourceAttribute, SourceAttributeUnknown } from './source-attribute.ts';
import { pathKey, targetAttributesOf } from './target-attributes.ts';
import { parseTargetPath, TargetPathInvalid } from './target-path.ts';
import { targetValue } from './target-value.ts';

/** Where the compiler leaves what it finds. */
export interface Findings {
  readonly problems: MappingProblem[];
  readonly warnings: MappingProblem[];
}

/** What the rows of one table are compiled with. */
interface Table {
  readonly type: ObjectType;
  readonly resourceType: ResourceType;
  /** Found so far, by the name in brackets. */
  readonly read: Map<string, SourceAttribute>;
  targetAttribute(path: string): TargetAttribute;
  report(field: string, message: string, position?: number): void;
}

interface Compiled {
  readonly mapping: CompiledObjectMapping;
  readonly usesRegularExpressions: boolean;
}

/** Compiles one table with its filters; what is wrong goes to `findings`, and the result counts only if nothing is. */
export function compileObjectMapping(
  source: ObjectMapping,
  type: ObjectType,
  field: string,
  catalogue: Catalogue,
  findings: Findings,
): Compiled {
  const resourceType = catalogue.resourceTypes.get(type);
  if (resourceType === undefined) throw new Error(`The catalogue has no resource type ${type}`);
  checkTargetAttributes(source, field, findings);
  const table: Table = {
    type,
    resourceType,
    read: new Map(),
    targetAttribute: targetAttributesOf(type, source.targetAttributes),
    report: (where, message, position) =>
      findings.problems.push({ field: where, message, ...(position === undefined ? {} : { position }) }),
  };
  const rows = source.attributes.map((row, index) => compileRow(row, `${field}.attributes[${index}]`, table));
  const attributes = rows.filter((row) => row !== undefined);
  checkRows(source, type, field, table.targetAttribute, findings);
  const filters = compileFilters(source.filters, `${field}.filters`, findings.problems, (name) =>
    compileSourceAttribute(name, type, resourceType),
  );
  return {
    mapping: {
      source,
      type,
      attributes,
      read: table.read,
      filters: filters.filters,
      mapsMembers: source.attributes.some(({ target }) => isMembers(type, target)),
      statusPaths: attributes
        .filter(({ ofScope, mapping }) => ofScope && mapping.apply === 'always')
        .map((row) => row.mapping.target),
      targetAttribute: table.targetAttribute,
    },
    usesRegularExpressions:
      filters.usesRegularExpressions ||
      attributes.some((row) => row.source.kind === 'expression' && usesRegularExpressions(row.source.expression)),
  };
}

/** Members of a group are memberships, which have rows of their own. */
function isMembers(type: ObjectType, target: string): boolean {
  return type === 'Group' && pathKey(target) === pathKey('members');
}

function checkTargetAttributes({ targetAttributes }: ObjectMapping, field: string, { problems }: Findings): void {
  for (const [index, { path }] of targetAttributes.entries()) {
    checkPath(path, (message) => problems.push({ field: `${field}.targetAttributes[${index}].path`, message }));
  }
}

function checkPath(path: string, report: (message: string) => void): void {
  try {
    parseTargetPath(path);
  } catch (error) {
    if (!(error instanceof TargetPathInvalid)) throw error;
    report(error.message);
  }
}

function compileRow(mapping: AttributeMapping, field: string, table: Table): CompiledAttribute | undefined {
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
