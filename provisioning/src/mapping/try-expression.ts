import type { Catalogue } from '@rollcall/scim';
import type { SourceObject } from '../source.ts';
import { compileSourceAttribute } from './compile-source-attribute.ts';
import type { MappingEnvironment } from './evaluate-mappings.ts';
import { attributesOf, type ExpressionValue, evaluate, parseExpression } from './expression/index.ts';

/** What an expression gives for one object, and what it was made of. */
export interface ExpressionTrial {
  readonly value: ExpressionValue;
  readonly redacted: boolean;
  /** The attributes that it reads, and their values. */
  readonly attributes: readonly { readonly name: string; readonly value: ExpressionValue }[];
}

/**
 * Evaluates an expression for an object of the directory, as a mapping would that has it. `softDeleted` is what
 * IsSoftDeleted gives. Throws ExpressionError, and SourceAttributeUnknown for a name that the directory does not have.
 */
export function tryExpression(
  text: string,
  object: SourceObject,
  softDeleted: boolean,
  catalogue: Catalogue,
  environment: MappingEnvironment,
): ExpressionTrial {
  const resourceType = catalogue.resourceTypes.get(object.type);
  if (resourceType === undefined) throw new Error(`The catalogue has no resource type ${object.type}`);
  const expression = parseExpression(text);
  const values = new Map(
    attributesOf(expression).map((name) => [
      name,
      compileSourceAttribute(name, object.type, resourceType).read(object, softDeleted),
    ]),
  );
  const result = evaluate(expression, { ...environment, attribute: (name) => values.get(name) ?? null });
  const attributes = [...values].map(([name, value]) => ({ name, value }));
  return { value: result.value, redacted: result.redacted, attributes };
}
