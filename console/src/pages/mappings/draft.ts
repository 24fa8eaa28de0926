import type { AttributeMappingView, MappingsView, ProblemView } from '@rollcall/server/contract';

export type Side = 'users' | 'groups';
export type ObjectMapping = MappingsView[Side];
export type Row = AttributeMappingView;
export type Filter = ObjectMapping['filters'][number];
export type Clause = Filter['clauses'][number];
export type TargetAttribute = ObjectMapping['targetAttributes'][number];
export type FieldProblem = NonNullable<ProblemView['problems']>[number];

/** What the server found wrong, and the mappings that it looked at. */
export interface Checked {
  readonly draft: MappingsView;
  readonly problems: readonly FieldProblem[];
}

/** A row put in place of the one at `index`, or behind the last one; the matching precedences stay 1, 2, 3 and so on. */
export function withRow(rows: readonly Row[], index: number | undefined, row: Row): Row[] {
  const place = index ?? rows.length;
  const others = matchingOrder(rows).filter((one) => one !== place);
  if (row.matching > 0) others.splice(row.matching - 1, 0, place);
  return numbered([...rows.slice(0, place), row, ...rows.slice(place + 1)], others);
}

export function withoutRow(rows: readonly Row[], index: number): Row[] {
  const order = matchingOrder(rows).filter((one) => one !== index);
  const places = order.map((one) => (one > index ? one - 1 : one));
  return numbered(rows.toSpliced(index, 1), places);
}

/** Indices of the rows that objects are found by, in the order in which they are tried. */
export function matchingOrder(rows: readonly Row[]): number[] {
  return rows
    .map(({ matching }, index) => ({ matching, index }))
    .filter(({ matching }) => matching > 0)
    .toSorted((a, b) => a.matching - b.matching)
    .map(({ index }) => index);
}

/** A row tried earlier (-1) or later (1). */
export function movedMatching(rows: readonly Row[], index: number, step: -1 | 1): Row[] {
  const order = matchingOrder(rows);
  const place = order.indexOf(index);
  const beside = order[place + step];
  if (place === -1 || beside === undefined) return [...rows];
  return numbered(rows, order.with(place, beside).with(place + step, index));
}

// A row that keeps its number stays the same object: problems are found again by it.
function numbered(rows: readonly Row[], order: readonly number[]): Row[] {
  return rows.map((row, index) => {
    const matching = order.indexOf(index) + 1;
    return row.matching === matching ? row : { ...row, matching };
  });
}

/**
 * Problems of one part of the draft, by the object that stands for it: they stay with a row that others were put before,
 * and go when it is changed. Fields come as `users.attributes[3].target` or, of what is no mapping at all,
 * `users.attributes.3.target`.
 */
export function problemsOf(
  checked: Checked | undefined,
  side: Side,
  list: 'attributes' | 'filters' | 'targetAttributes',
  part: object,
): FieldProblem[] {
  if (checked === undefined) return [];
  const index = [...checked.draft[side][list]].findIndex((one: object) => Object.is(one, part));
  if (index === -1) return [];
  const field = `${side}.${list}[${index}]`;
  return checked.problems
    .map((problem) => ({ ...problem, field: bracketed(problem.field) }))
    .filter((problem) => problem.field === field || problem.field.startsWith(`${field}.`))
    .map((problem) => ({ ...problem, field: problem.field.slice(field.length + 1) }));
}

/** Problems that belong to no row, filter or target attribute. */
export const generalProblems = ({ problems }: Checked): FieldProblem[] =>
  problems.filter(({ field }) => !/^(users|groups)\.(attributes|filters|targetAttributes)\[/.test(bracketed(field)));

/** How many problems a side has. */
export const problemCount = (checked: Checked | undefined, side: Side): number =>
  checked?.problems.filter(({ field }) => field === side || field.startsWith(`${side}.`)).length ?? 0;

const bracketed = (field: string): string => field.replace(/\.(\d+)(?=\.|$)/g, '[$1]');

/** Whether two mappings say the same. */
export const sameMappings = (a: unknown, b: unknown): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** Members in one order, without those that are undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, plain(member)]),
  );
}
