import type { FieldProblem, Row } from './draft.ts';

export type Kind = Row['source']['kind'];

/** A row as the dialog holds it: what was entered for one mapping type stays while another one is looked at. */
export interface RowForm {
  readonly kind: Kind;
  readonly attribute: string;
  readonly constant: string;
  readonly expression: string;
  readonly target: string;
  readonly defaultValue: string;
  /** 0: objects are not found by it. */
  readonly matching: number;
  readonly apply: Row['apply'];
}

const EMPTY: RowForm = {
  kind: 'direct',
  attribute: '',
  constant: '',
  expression: '',
  target: '',
  defaultValue: '',
  matching: 0,
  apply: 'always',
};

export function formOf(row: Row | undefined): RowForm {
  if (row === undefined) return EMPTY;
  const { source, target, defaultValue = '', matching, apply } = row;
  return {
    kind: source.kind,
    attribute: source.kind === 'direct' ? source.attribute : '',
    constant: source.kind === 'constant' ? source.value : '',
    expression: source.kind === 'expression' ? source.expression : '',
    target,
    defaultValue,
    matching,
    apply,
  };
}

export function rowOf({ kind, attribute, constant, expression, target, defaultValue, matching, apply }: RowForm): Row {
  const sources: Readonly<Record<Kind, Row['source']>> = {
    direct: { kind: 'direct', attribute: attribute.trim() },
    constant: { kind: 'constant', value: constant },
    expression: { kind: 'expression', expression },
    none: { kind: 'none' },
  };
  const row = { target: target.trim(), source: sources[kind], matching, apply };
  return defaultValue === '' ? row : { ...row, defaultValue };
}

type Field = 'attribute' | 'expression' | 'target' | 'matching';

/** What is missing before the row can be taken over; the rest is for the server to say. */
export function missingIn({ kind, attribute, expression, target, matching }: RowForm): ReadonlySet<Field> {
  const missing = new Set<Field>();
  if (kind === 'direct' && attribute.trim() === '') missing.add('attribute');
  if (kind === 'expression' && expression.trim() === '') missing.add('expression');
  if (target.trim() === '') missing.add('target');
  if (kind === 'none' && matching > 0) missing.add('matching');
  return missing;
}

/** The server's problem with one member of the row, if any: `source.value`, `target`, `defaultValue`, `matching`. */
export const problemIn = (problems: readonly FieldProblem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.message;
