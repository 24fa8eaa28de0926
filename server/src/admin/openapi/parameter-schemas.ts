import type { JsonObject } from '@rollcall/scim';
import { z } from 'zod';
import { objectOf, tidySchema } from './tidy-schema.ts';

export interface Parameter {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
}

/** The parameters of a query. Of what is transformed, what is sent counts; of what is coerced, what it is read as. */
export function parametersOf(query: z.ZodObject): Parameter[] {
  const [read, sent] = (['output', 'input'] as const).map((io) => {
    const schema = z.toJSONSchema(query, { unrepresentable: 'any', io });
    return objectOf(tidySchema(schema, io).properties);
  });
  return Object.entries(query.shape).map(([name, schema]) => {
    const asRead = objectOf(read?.[name]);
    const asSent = objectOf(sent?.[name]);
    return {
      name,
      schema: isTyped(asRead) && !isTyped(asSent) ? asRead : asSent,
      required: !z.safeParse(schema, undefined).success,
    };
  });
}

const isTyped = ({ type, anyOf, oneOf }: JsonObject): boolean =>
  type !== undefined || anyOf !== undefined || oneOf !== undefined;
