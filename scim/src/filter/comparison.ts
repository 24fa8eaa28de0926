import { invalidFilter } from '../error.ts';
import { booleanOfString } from '../quirks/boolean-as-string.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition, AttributeType } from '../schema/definition.ts';
import type { AttributeReference } from '../schema/resource-type.ts';
import { comparisonKey } from '../value/comparison-key.ts';
import type { ComparisonKey, Filter } from './ast.ts';
import { OPERATORS } from './operators.ts';
import { subReference } from './reference.ts';

type Comparison = Extract<Filter, { kind: 'compare' }>;

/**
 * What a comparison with `path` compares. A complex attribute without sub-attribute stands for its `value`, as in
 * `emails co "example.com"` (RFC 7644 §3.4.2.2) and in Entra's `manager eq "id"`.
 *
 * @throws invalidFilter where a complex attribute has no `value`, or its type refuses the operator (Table 3).
 */
export function comparedPath(path: AttributeReference, { operator, position }: Comparison): AttributeReference {
  const compared = definitionOf(path).type === 'complex' ? subReference(path, 'value') : path;
  if (compared === undefined) {
    const names = (path.attribute.subAttributes ?? []).map((sub) => sub.name).join(', ');
    throw invalidFilter(
      `"${path.text}" at position ${position} is complex; compare one of its sub-attributes: ${names}.`,
    );
  }
  const { type } = definitionOf(compared);
  if (OPERATORS[type].has(operator)) return compared;
  throw invalidFilter(
    `"${compared.text}" at position ${position} is of type ${type}, which "${operator}" does not compare.`,
  );
}

/**
 * The key of a comparison's value, in the form of the attribute's own.
 *
 * @throws invalidFilter for a value that the attribute cannot have.
 */
export function comparedKey(
  path: AttributeReference,
  { position }: Comparison,
  value: string | number | boolean,
  rules: Rules,
): ComparisonKey {
  const definition = definitionOf(path);
  const lifted =
    definition.type === 'boolean' && typeof value === 'string'
      ? booleanOfString(value, rules, `"${path.text}" at position ${position} of the filter`)
      : value;
  const key = lifted === undefined ? undefined : comparisonKey(definition, lifted);
  if (key !== undefined) return key;
  throw invalidFilter(`"${path.text}" at position ${position} is compared with ${VALUES[definition.type]} only.`);
}

function definitionOf(path: AttributeReference): AttributeDefinition {
  return path.sub ?? path.attribute;
}

const VALUES: Readonly<Record<AttributeType, string>> = {
  string: 'a string',
  reference: 'a string',
  boolean: 'true or false',
  decimal: 'a number',
  integer: 'a number',
  dateTime: 'a date and time such as "2026-03-01T08:30:00Z"',
  binary: 'a string in base64',
  complex: 'nothing',
};
