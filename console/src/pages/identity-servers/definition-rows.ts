import type { DefinitionView } from '@rollcall/server/contract';

/** What was added to an identity server, as people see it: a schema and what it extends are one row. */
export interface DefinitionRow {
  readonly kind: DefinitionView['kind'];
  readonly name: string;
  readonly extends: readonly string[];
  readonly attributes: number | undefined;
  /** An extension by a schema that was not added goes with its resource type alone. */
  readonly removable: boolean;
}

const parts = ({ name }: DefinitionView): readonly [string, string] => {
  const [type = '', urn = ''] = name.split(' ');
  return [type, urn];
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The rows of the table of definitions. */
export function definitionRows(definitions: readonly DefinitionView[]): DefinitionRow[] {
  const extensions = definitions.filter(({ kind }) => kind === 'extension').map(parts);
  const others = definitions.filter(({ kind }) => kind !== 'extension');
  const loose = extensions.filter(([, urn]) => !others.some(({ name }) => same(name, urn)));
  return [
    ...others.map(({ kind, name, definition }) => ({
      kind,
      name,
      extends: extensions.filter(([, urn]) => same(urn, name)).map(([type]) => type),
      attributes: Array.isArray(definition.attributes) ? definition.attributes.length : undefined,
      removable: true,
    })),
    ...loose.map(([type, urn]) => ({
      kind: 'extension' as const,
      name: urn,
      extends: [type],
      attributes: undefined,
      removable: false,
    })),
  ];
}
