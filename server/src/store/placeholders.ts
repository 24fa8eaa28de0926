import type { CompiledQuery, Kysely } from 'kysely';
import type { Binding } from './statements.ts';

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A query's text, and how the values of its parameters are put in order for it. */
export interface Template<Named> {
  readonly sql: string;
  bind(values: Named): Binding[];
}

/**
 * Builds a query once. Every property that `build` asks of its parameters is a placeholder, which stands in the query
 * where the value will.
 */
export function templateOf<Tables, Named, Row>(
  builder: Kysely<Tables>,
  build: (db: Kysely<Tables>, parameters: Named) => CompiledQuery<Row>,
): Template<Named> {
  // `build` only hands its parameters on to the query builder, which takes any value.
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Named;
  const { sql, parameters } = build(builder, placeholders);
  return {
    sql,
    bind: (values) =>
      parameters.map((part) => {
        // A placeholder has the name of the parameter that `build` took it for; the databases refuse what they cannot bind.
        if (part instanceof Placeholder) return values[part.name as keyof Named] as Binding;
        // A constant that `build` wrote.
        return part as Binding;
      }),
  };
}
