import type { Escrow, Link, ObjectKey, ProvisioningRecord, StagedRemoval } from '@rollcall/provisioning';
import type { Application, Cycle } from '../application-contract.ts';
import type { Store } from '../contract.ts';
import { NOW } from './world-suite.ts';

const mapping = {
  enabled: true,
  create: true,
  update: true,
  delete: true,
  attributes: [],
  targetAttributes: [],
  filters: [],
} as const;

export const newApplication = (
  slug: string,
  values: Partial<Application> = {},
): Omit<Application, 'key' | 'removing'> => ({
  id: `id-${slug}`,
  slug,
  name: slug,
  directory: 1,
  connection: null,
  settings: {
    scope: 'all',
    notify: [],
    leaving: 'disable',
    groupLeaving: 'delete',
    deleteAfterDays: null,
    guard: { enabled: true, number: 500, percent: 10 },
    exclusiveGroups: false,
    clearEmpty: true,
    interval: 40 * 60_000,
  },
  mappings: { users: mapping, groups: mapping },
  profile: null,
  job: {
    status: 'notRun',
    watermark: null,
    quarantine: null,
    lastCycle: null,
    nextRunAt: null,
    steadySince: null,
    steadyFirst: null,
    rulesHash: null,
  },
  created: NOW,
  modified: NOW,
  ...values,
});

/** The journal of a new application. */
export async function journalIn(store: Store, slug = 'wiki') {
  return store.applications.journal((await store.applications.add(newApplication(slug))).key);
}

export const user = (id: string): ObjectKey => ({ type: 'User', id });
export const group = (id: string): ObjectKey => ({ type: 'Group', id });

export const linkTo = (key: ObjectKey, targetId = `at-${key.id}`, values: Partial<Link> = {}): Link => ({
  ...key,
  targetId,
  label: key.id,
  state: 'active',
  sent: new Map(),
  echoed: new Map(),
  sourceVersion: 1,
  membersVersion: 0,
  mappingsHash: 'h',
  adopted: false,
  deleteAt: null,
  linkedAt: NOW,
  ...values,
});

/** The settlement that links an object. */
export const linked = (key: ObjectKey, targetId?: string) => ({ ...key, link: linkTo(key, targetId) });

export const newEscrow = (key: ObjectKey, values: Partial<Escrow> = {}): Escrow => ({
  ...key,
  kind: 'entry',
  code: 'BadRequest',
  message: 'no',
  attempts: 1,
  firstAt: NOW,
  nextAt: NOW + 1000,
  ...values,
});

export const newStaged = (key: ObjectKey, values: Partial<StagedRemoval> = {}): StagedRemoval => ({
  ...key,
  action: 'disable',
  label: key.id,
  reason: 'too many',
  at: NOW,
  state: 'waiting',
  ...values,
});

export const newRecord = (key: ObjectKey, values: Partial<ProvisioningRecord> = {}): ProvisioningRecord => ({
  ...key,
  cycle: 'c1',
  at: NOW,
  durationMs: 1.5,
  label: key.id,
  targetId: undefined,
  action: 'create',
  status: 'success',
  reason: 'It is in scope.',
  steps: [],
  modified: [],
  error: undefined,
  exchanges: [],
  attempts: 0,
  nextAt: undefined,
  ...values,
});

export const newCycle = (id: string, application: number, values: Partial<Cycle> = {}): Cycle => ({
  id,
  application,
  kind: 'initial',
  began: NOW,
  ended: null,
  state: 'running',
  phase: 'users',
  counts: {
    seen: 0,
    expected: 0,
    created: 0,
    updated: 0,
    disabled: 0,
    deleted: 0,
    adopted: 0,
    skipped: 0,
    failed: 0,
    staged: 0,
    membersAdded: 0,
    membersRemoved: 0,
  },
  error: null,
  ...values,
});

/** All that pages hold; `pageAfter` reads one. */
export async function everything<T>(
  pageAfter: (
    after: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await pageAfter(after);
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

export async function* pages<T>(...list: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* list;
}
