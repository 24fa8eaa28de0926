import type { Catalogue } from '@rollcall/scim';
import { compileFilters } from '../scope/scoping-filter.ts';
import type { ObjectType } from '../source.ts';
import { checkRows } from './check-rows.ts';
import type { CompiledObjectMapping } from './compile.ts';
import { checkPath, compileRow, isMembers, type Table } from './compile-row.ts';
import { compileSourceAttribute } from './compile-source-attribute.ts';
import { usesRegularExpressions } from './expression/index.ts';
import type { MappingProblem, ObjectMapping } from './model.ts';
import { targetAttributesOf } from './target-attributes.ts';

/** Where the compiler leaves what it finds. */
export interface Findings {
  readonly problems: MappingProblem[];
  readonly warnings: MappingProblem[];
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

function checkTargetAttributes({ targetAttributes }: ObjectMapping, field: string, { problems }: Findings): void {
  for (const [index, { path }] of targetAttributes.entries()) {
    checkPath(path, (message) => problems.push({ field: `${field}.targetAttributes[${index}].path`, message }));
  }
}
