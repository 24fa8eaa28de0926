import { attribute, type Characteristics, complex } from './attribute.ts';
import type { AttributeDefinition } from './definition.ts';

/**
 * The sub-attributes that a multi-valued attribute has when its schema lists none, and that most of the core ones
 * have (RFC 7643 §2.4).
 */
export function defaultSubAttributes(value: AttributeDefinition, types: readonly string[]): AttributeDefinition[] {
  const canonical = types.length === 0 ? {} : { canonicalValues: types };
  return [
    value,
    attribute('display', 'string', 'A name for the value that people can read.'),
    attribute('type', 'string', 'What the value is used for.', canonical),
    attribute('primary', 'boolean', 'Whether this is the preferred value; true at most once.'),
  ];
}

/** A multi-valued complex attribute of the usual shape: value, display, type, primary. */
export function multiValued(
  name: string,
  description: string,
  value: AttributeDefinition,
  types: readonly string[] = [],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return complex(name, description, defaultSubAttributes(value, types), { ...characteristics, multiValued: true });
}
