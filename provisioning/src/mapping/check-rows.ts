import type { ObjectType } from '../source.ts';
import type { Findings } from './compile-object-mapping.ts';
import type { AttributeMapping, ObjectMapping, TargetAttribute } from './model.ts';
import { DEFAULT_TARGET_ATTRIBUTES, pathKey } from './target-attributes.ts';

/** Attributes that the target gives values to by itself. */
const ASSIGNED = ['id', 'meta', 'schemas', 'groups'];

/** Checks what only the rows of a table together can show: targets, matching, what the target requires. */
export function checkRows(
  mapping: ObjectMapping,
  type: ObjectType,
  field: string,
  targetAttribute: (path: string) => TargetAttribute,
  { problems, warnings }: Findings,
): void {
  const rows = mapping.attributes.map((row, index) => ({ row, field: `${field}.attributes[${index}]` }));
  checkTargets(rows, problems);
  checkMatching(rows, field, targetAttribute, problems);
  const mapped = new Set(mapping.attributes.map(({ target }) => pathKey(target)));
  for (const { path } of [...DEFAULT_TARGET_ATTRIBUTES[type], ...mapping.targetAttributes]) {
    if (!targetAttribute(path).required || mapped.has(pathKey(path))) continue;
    warnings.push({
      field: `${field}.attributes`,
      message: `The target requires ${path}, and nothing is mapped to it.`,
    });
  }
}

interface Row {
  readonly row: AttributeMapping;
  readonly field: string;
}

function checkTargets(rows: readonly Row[], problems: Findings['problems']): void {
  const seen = new Map<string, string>();
  for (const { row, field } of rows) {
    const key = pathKey(row.target);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      problems.push({ field: `${field}.target`, message: `${row.target} has a mapping already: ${earlier}.` });
    }
    seen.set(key, field);
    if (ASSIGNED.some((name) => key.startsWith(`|${name}|`))) {
      problems.push({
        field: `${field}.target`,
        message: `The target itself assigns ${row.target}; nothing can be mapped to it.`,
      });
    }
  }
}

function checkMatching(
  rows: readonly Row[],
  field: string,
  targetAttribute: (path: string) => TargetAttribute,
  problems: Findings['problems'],
): void {
  const matching = rows.filter(({ row }) => row.matching !== 0);
  if (matching.length === 0) {
    problems.push({
      field: `${field}.attributes`,
      message: 'No attribute is matched on: choose one, such as userName or externalId.',
    });
  }
  const order = matching.map(({ row }) => row.matching).toSorted((a, b) => a - b);
  if (order.some((precedence, index) => precedence !== index + 1)) {
    const message = `Matching precedences must be 1, 2, 3 and so on, each once; they are ${order.join(', ')}.`;
    problems.push({ field: `${field}.attributes`, message });
  }
  for (const { row, field: where } of matching) {
    const { multiValued, type } = targetAttribute(row.target);
    if (multiValued || type === 'reference') {
      const what = multiValued ? 'has several values' : 'refers to another object';
      problems.push({ field: `${where}.matching`, message: `${row.target} ${what}: nothing can be found by it.` });
    }
    if (row.source.kind === 'none') {
      problems.push({
        field: `${where}.matching`,
        message: `${row.target} has no source: nothing can be found by it.`,
      });
    }
  }
}
