import type { Json } from '@rollcall/scim';
import type { Insertable, Selectable } from 'kysely';
import type {
  Application,
  AuditEntry,
  Cycle,
  StoredAssignment,
  StoredPlan,
  StoredPlanItem,
} from '../application-contract.ts';
import type {
  ApplicationTable,
  AssignmentTable,
  AuditLogTable,
  CycleTable,
  PlanItemTable,
  PlanTable,
} from '../application-tables.ts';

// What is parsed here was written by the function beside it, from the type it gets.

/** The columns that an administrator's write sets; job, profile and secret are written by themselves. */
export function applicationRow(application: Omit<Application, 'key' | 'removing'>) {
  return {
    id: application.id,
    slug: application.slug,
    name: application.name,
    directory: application.directory,
    connection: textOf(application.connection),
    settings: JSON.stringify(application.settings),
    mappings: JSON.stringify(application.mappings),
    created: application.created,
    modified: application.modified,
  } satisfies Partial<Insertable<ApplicationTable>>;
}

export function applicationOf(row: Omit<Selectable<ApplicationTable>, 'secret'>): Application {
  return {
    id: row.id,
    key: row.key,
    slug: row.slug,
    name: row.name,
    directory: row.directory,
    connection: row.connection === null ? null : JSON.parse(row.connection),
    settings: JSON.parse(row.settings),
    mappings: JSON.parse(row.mappings),
    profile: jsonOf(row.profile),
    job: JSON.parse(row.job),
    created: row.created,
    modified: row.modified,
    removing: row.removing === 1,
  };
}

export function assignmentRow(assignment: StoredAssignment): Insertable<AssignmentTable> {
  const { application, id, type, nested, created } = assignment;
  return { application, id, type, nested: nested ? 1 : 0, created };
}

export function assignmentOf(row: Selectable<AssignmentTable>): StoredAssignment {
  return { ...row, nested: row.nested === 1 };
}

export function cycleRow(cycle: Cycle): Insertable<CycleTable> {
  const { id, application, kind, began, ended, state, phase, error } = cycle;
  return { id, application, kind, began, ended, state, phase, error, counts: JSON.stringify(cycle.counts) };
}

export function cycleOf(row: Selectable<CycleTable>): Cycle {
  return { ...row, counts: JSON.parse(row.counts) };
}

export function planRow(plan: StoredPlan): Insertable<PlanTable> {
  const { id, application, state, created, by, appliedAt: applied_at, appliedBy: applied_by } = plan;
  return { id, application, state, created, by, applied_at, applied_by, counts: JSON.stringify(plan.counts) };
}

export function planOf(row: Selectable<PlanTable>): StoredPlan {
  const { applied_at: appliedAt, applied_by: appliedBy, counts, ...columns } = row;
  return { ...columns, appliedAt, appliedBy, counts: JSON.parse(counts) };
}

export function planItemRow(application: number, item: StoredPlanItem): Insertable<PlanItemTable> {
  const { sourceId: source_id, changes, plan, n, type, label, action, reason, fingerprint, state, outcome } = item;
  const columns = { application, plan, n, type, source_id, label, action, reason, fingerprint, state, outcome };
  return { ...columns, changes: JSON.stringify(changes) };
}

export function planItemOf(row: Selectable<PlanItemTable>): StoredPlanItem {
  const { application: _, source_id: sourceId, changes, ...columns } = row;
  return { ...columns, sourceId, changes: JSON.parse(changes) };
}

export function auditRow(entry: Omit<AuditEntry, 'n'>): Insertable<AuditLogTable> {
  const { at, who, from, action, subject, before, after } = entry;
  return { at, who, from, action, subject, before: textOf(before), after: textOf(after) };
}

export function auditOf(row: Selectable<AuditLogTable>): AuditEntry {
  return { ...row, before: jsonOf(row.before), after: jsonOf(row.after) };
}

/** JSON text for a column that is null where there is nothing. */
export const textOf = (value: object | Json | null): string | null => (value === null ? null : JSON.stringify(value));

const jsonOf = (text: string | null): Json | null => (text === null ? null : JSON.parse(text));
