import type { AttributeDefinition, AttributeType } from './definition.ts';

/** What a schema says of an attribute beyond its name, type and description; the rest has the defaults of RFC 7643 §2.2. */
export type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'type' | 'description'>>;

/**
 * Spells an attribute out, with the defaults of RFC 7643 §2.2 for what is not said. References and binary values are
 * case-exact unless said otherwise (RFC 7643 §2.3.6, §2.3.7, errata 6000 and 6001).
 */
export function attribute(
  name: string,
  type: AttributeType,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...characteristics,
  };
}

/** A complex attribute with its sub-attributes. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return attribute(name, 'complex', description, { ...characteristics, subAttributes });
}
