import { describe, expect, it } from 'vitest';
import type { Link } from '../journal.ts';
import { defaultMappings } from '../mapping/default-mappings.ts';
import type { Assessment } from './assessment.ts';
import { decide, deletionDue, type Situation } from './decide.ts';

const DAY = 24 * 60 * 60_000;
const NOW = 100 * DAY;

const inScope: Assessment = {
  inScope: true,
  reason: 'In scope: assigned directly.',
  facts: { active: true, assignment: { kind: 'direct' }, filters: [] },
  attributes: new Map([['userName', 'mia']]),
  onCreate: new Map(),
  empty: [],
  references: [],
  matching: [{ path: 'userName', value: 'mia' }],
  redacted: [],
  problems: [],
};
const outOfScope: Assessment = {
  ...inScope,
  inScope: false,
  reason: 'Not in scope: the account is disabled in the directory.',
};
const link: Link = {
  type: 'User',
  id: 'u1',
  targetId: 't1',
  label: 'mia',
  state: 'active',
  sent: new Map(),
  echoed: new Map(),
  sourceVersion: 1,
  membersVersion: 0,
  mappingsHash: '',
  adopted: false,
  deleteAt: null,
  linkedAt: 0,
};
const disabled: Link = { ...link, state: 'disabled' };
const left: Link = { ...link, state: 'left' };
const title = { path: 'title', from: 'Clerk', to: 'Engineer' };
const inactive = { path: 'active', from: true, to: false };
const settings: Situation['settings'] = {
  leaving: 'disable',
  groupLeaving: 'delete',
  deleteAfterDays: null,
  guard: { enabled: true, number: 500, percent: null },
  exclusiveGroups: false,
  clearEmpty: true,
  interval: 2_400_000,
};
const situation: Situation = {
  key: { type: 'User', id: 'u1' },
  object: { type: 'User', id: 'u1', version: 2, label: 'mia', document: { id: 'u1', userName: 'mia' } },
  assessment: inScope,
  link: undefined,
  staged: undefined,
  mapping: defaultMappings().users,
  canDisable: true,
  settings,
  changes: [],
  disableChanges: [inactive],
  now: NOW,
};
const gone = { object: undefined, assessment: undefined };
const of = (other: Partial<Situation>) => decide({ ...situation, ...other });
const set = (other: Partial<Situation['settings']>) => ({ settings: { ...settings, ...other } });
const flow = (other: Partial<Situation['mapping']>) => ({ mapping: { ...situation.mapping, ...other } });
const staged = (state: 'waiting' | 'allowed' | 'rejected') => ({
  staged: { type: 'User', id: 'u1', action: 'disable', label: 'mia', reason: '', at: 0, state } as const,
});
const problem = (code: 'MissingValues' | 'ImportSkipped') => ({
  assessment: { ...inScope, problems: [{ code, path: 'userName', message: 'userName has no value.' }] },
});

describe('An object in scope', () => {
  it('is looked for in the target when it is not linked', () => {
    expect(of({})).toEqual({ action: 'match', reason: 'In scope: assigned directly.' });
  });

  it('is updated when it is linked and differs, and says what differs', () => {
    expect(of({ link, changes: [title] })).toEqual({
      action: 'update',
      reason: 'title differs. In scope: assigned directly.',
      changes: [title],
    });
    expect(of({ link, changes: [title, inactive] }).reason).toContain('title and 1 more differ.');
  });

  it('is skipped when the target holds everything', () => {
    expect(of({ link })).toMatchObject({ action: 'skip', code: 'RedundantExport' });
  });

  it('is restored when it had been disabled or left alone, even when nothing is to be sent', () => {
    const active = { path: 'active', from: false, to: true };
    expect(of({ link: disabled, changes: [active] })).toMatchObject({ action: 'update', changes: [active] });
    expect(of({ link: disabled })).toMatchObject({ action: 'update', changes: [] });
    expect(of({ link: left }).reason).toBe('It is back. In scope: assigned directly.');
  });

  it('fails when a value is missing, and nothing is sent', () => {
    expect(of(problem('MissingValues'))).toMatchObject({ action: 'fail', code: 'MissingValues' });
    expect(of({ ...problem('MissingValues'), link, changes: [title] })).toMatchObject({ action: 'fail' });
  });

  it('needs no matching value once it is linked', () => {
    expect(of(problem('ImportSkipped'))).toMatchObject({ action: 'fail', code: 'ImportSkipped' });
    expect(of({ ...problem('ImportSkipped'), link })).toMatchObject({ action: 'skip', code: 'RedundantExport' });
  });

  it('is skipped where its flow is switched off', () => {
    expect(of(flow({ enabled: false }))).toMatchObject({ action: 'skip', code: 'FlowDisabled' });
    expect(of(flow({ create: false }))).toMatchObject({ action: 'match' });
    expect(of(flow({ create: false, update: false }))).toMatchObject({ action: 'skip', code: 'FlowDisabled' });
    expect(of({ link, changes: [title], ...flow({ update: false }) })).toMatchObject({ code: 'FlowDisabled' });
  });
});

describe('An object out of scope', () => {
  const out = { assessment: outOfScope };

  it('is skipped when it was never provisioned, as disabled users are', () => {
    expect(of(out)).toEqual({
      action: 'skip',
      code: 'NotInScope',
      reason: 'Not in scope: the account is disabled in the directory. It was never provisioned.',
    });
    expect(of(gone)).toMatchObject({
      code: 'NotInScope',
      reason: 'Deleted in the directory. It was never provisioned.',
    });
  });

  it('is disabled, deleted or left alone as the application says, and deleted ones of the directory like any other', () => {
    for (const why of [out, gone]) {
      expect(of({ ...why, link })).toMatchObject({ action: 'disable', changes: [inactive] });
      expect(of({ ...why, link, ...set({ leaving: 'delete' }) })).toMatchObject({ action: 'delete' });
      expect(of({ ...why, link, ...set({ leaving: 'ignore' }) })).toMatchObject({ action: 'leave' });
    }
  });

  it('is disabled with nothing else than what says so', () => {
    expect(of({ ...out, link, changes: [title, inactive] })).toMatchObject({ changes: [inactive] });
  });

  it('stays left alone, until the application says otherwise', () => {
    const ignore = set({ leaving: 'ignore' });
    expect(of({ ...out, link: left, ...ignore })).toMatchObject({ action: 'skip', code: 'NotInScope' });
    expect(of({ ...out, link: left })).toMatchObject({ action: 'disable' });
  });

  it('stays disabled until it is time to delete it', () => {
    const after30 = set({ deleteAfterDays: 30 });
    expect(of({ ...out, link: disabled })).toMatchObject({ action: 'skip', code: 'AlreadyDisabled' });
    const due = { ...disabled, deleteAt: NOW };
    expect(of({ ...out, link: { ...disabled, deleteAt: NOW + 1 }, ...after30 })).toMatchObject({ action: 'skip' });
    expect(of({ ...out, link: due, ...after30 })).toEqual({
      action: 'delete',
      reason:
        'Not in scope: the account is disabled in the directory. It is disabled, and was to be deleted from 1970-04-11 on.',
    });
    expect(of({ ...out, link: due })).toMatchObject({ action: 'skip', code: 'AlreadyDisabled' });
    expect(of({ link: due, ...after30 })).toMatchObject({ action: 'update' });
  });

  it('is deleted although it is disabled, once leaving means deletion', () => {
    expect(of({ ...out, link: disabled, ...set({ leaving: 'delete' }) })).toMatchObject({ action: 'delete' });
  });

  it('waits while its removal is staged, stays when it was rejected and goes when it was allowed', () => {
    expect(of({ ...out, link, ...staged('waiting') })).toMatchObject({ action: 'skip', code: 'RemovalStaged' });
    expect(of({ ...out, link, ...staged('rejected') })).toMatchObject({ action: 'skip', code: 'RemovalRejected' });
    expect(of({ ...out, link, ...staged('allowed') })).toMatchObject({ action: 'disable' });
  });

  it('cannot be disabled without an attribute that says so', () => {
    const decision = of({ ...out, link, canDisable: false });
    expect(decision).toMatchObject({ action: 'skip', code: 'FlowDisabled' });
    expect(decision.reason).toContain('choose delete for leaving objects, or map active by IsSoftDeleted');
  });

  it('is skipped where its flow is switched off', () => {
    expect(of({ ...out, link, ...flow({ update: false }) })).toMatchObject({ code: 'FlowDisabled' });
    expect(of({ ...out, link, ...set({ leaving: 'delete' }), ...flow({ delete: false }) })).toMatchObject({
      code: 'FlowDisabled',
    });
  });

  it('is not kept by a missing value', () => {
    const broken = { assessment: { ...outOfScope, problems: problem('MissingValues').assessment.problems } };
    expect(of({ ...broken, link })).toMatchObject({ action: 'disable' });
  });
});

describe('A group out of scope', () => {
  const group = {
    key: { type: 'Group', id: 'g1' } as const,
    link: { ...link, type: 'Group', id: 'g1' } as const,
    assessment: { ...outOfScope, reason: 'Not in scope: not assigned, directly or through a group.' },
    mapping: defaultMappings().groups,
    canDisable: false,
    disableChanges: [],
  };

  it('is deleted or left alone, whatever is chosen for users', () => {
    expect(of(group)).toMatchObject({ action: 'delete' });
    expect(of({ ...group, ...set({ groupLeaving: 'ignore', leaving: 'delete' }) })).toMatchObject({ action: 'leave' });
    expect(of({ ...group, ...gone })).toEqual({ action: 'delete', reason: 'Deleted in the directory.' });
  });
});

describe('The time at which a disabled object is deleted', () => {
  it('is so many days from now, or never', () => {
    expect(deletionDue({ deleteAfterDays: 30 }, NOW)).toBe(NOW + 30 * DAY);
    expect(deletionDue({ deleteAfterDays: null }, NOW)).toBeNull();
  });
});
