import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { watch } from './application-status.ts';
import { progressLine, statusText } from './application-status-text.ts';

const counts = {
  seen: 500,
  expected: 2000,
  created: 400,
  updated: 90,
  disabled: 0,
  deleted: 0,
  adopted: 8,
  skipped: 0,
  failed: 2,
  staged: 0,
  membersAdded: 0,
  membersRemoved: 0,
};
const idle: ProvisioningStatusView = {
  application: 'crm',
  name: 'CRM',
  at: '2026-01-01T00:00:00.000Z',
  state: 'active',
  running: null,
  rate: null,
  lastCycles: [],
  links: { users: 3, groups: 1, active: 4 },
  escrows: { objects: 0, references: 0, nextTryAt: null },
  staged: 0,
  drift: { objects: 0, checkedAt: null },
  quarantine: null,
  nextRunAt: '2026-01-01T00:40:00.000Z',
  steadySince: '2026-01-01T00:00:00.000Z',
  steadyFirstAt: '2026-01-01T00:00:00.000Z',
  watermark: 7,
  next: '',
  warnings: [],
};
const running = (progress: number | null): ProvisioningStatusView => ({
  ...idle,
  running: {
    cycle: 'c',
    kind: 'initial',
    phase: 'users',
    beganAt: idle.at,
    counts: progress === null ? { ...counts, expected: 0 } : counts,
    progress,
    perSecond: 41.6,
    secondsLeft: progress === null ? null : 36,
  },
});

describe('the progress of a cycle', () => {
  it('is a bar with percentage, counts and rate on a screen', () => {
    expect(progressLine(running(0.25), 160)).toBe(
      'initial cycle, users  [##########..............................]  25 %  500 of 2000  42/s  about 36 s left',
    );
  });

  it('is words elsewhere', () => {
    expect(progressLine(running(0.25), undefined)).toBe(
      'initial cycle, users  25 %  500 of 2000  42/s  about 36 s left',
    );
  });

  it('claims no percentage while nobody knows how much there is', () => {
    expect(progressLine(running(null), 100)).toBe('initial cycle, users  500  42/s');
  });

  it('never says 100 % too early', () => {
    expect(progressLine(running(0.9999), 160)).toContain('99 %');
  });
});

describe('a status for people', () => {
  it('says state, counts, last and next run', () => {
    expect(statusText(idle, undefined)).toBe(
      'CRM\n\nState          active\nNow            waiting for changes\n' +
        'In the target  3 users, 1 group; 4 of them active\nNext run       2026-01-01T00:40:00.000Z\n' +
        'Up to date     since 2026-01-01T00:00:00.000Z\n',
    );
    expect(statusText(running(0.25), undefined)).toMatch(/\nSo far +400 created, 8 taken over, 90 updated, 2 failed\n/);
  });

  it('says why a job is held back, what to do and when it is tried again', () => {
    const quarantine = {
      reason: 'EncounteredQuarantineException',
      code: 'Unauthorized',
      message: 'The target answered 401.',
      advice: 'Enter valid credentials and test the connection.',
      holds: 'everything' as const,
      beganAt: '2026-01-01T00:00:00.000Z',
      nextAttemptAt: '2026-01-01T06:00:00.000Z',
      attempts: 1,
    };
    const text = statusText({ ...idle, state: 'quarantine', quarantine, next: 'Test it.' }, undefined);
    expect(text).toContain(
      'In quarantine since 2026-01-01T00:00:00.000Z: EncounteredQuarantineException (Unauthorized)\n' +
        '  The target answered 401.\n  Next try 2026-01-01T06:00:00.000Z, 1 so far.\n' +
        '  Enter valid credentials and test the connection.\n',
    );
    expect(text).toMatch(/\nNext: Test it\.\n$/);
  });

  it('counts what failed and what waits', () => {
    const escrows = { objects: 2, references: 1, nextTryAt: '2026-01-01T00:05:00.000Z' };
    const text = statusText({ ...idle, escrows, staged: 4 }, undefined);
    expect(text).toContain('2 objects, 1 reference; next try 2026-01-01T00:05:00.000Z');
    expect(text).toContain('4 wait for a decision');
  });
});

describe('watching', () => {
  async function watched(columns: number | undefined, statuses: ProvisioningStatusView[], json = false) {
    let out = '';
    const terminal: Terminal = {
      environment: {},
      directory: '/',
      interactive: false,
      columns,
      out: (text) => {
        out += text;
      },
      error() {},
      ask: async () => '',
      read: async () => '',
    };
    const left = [...statuses];
    const read = async () => {
      const next = left.shift();
      if (next === undefined) throw new Error('ended');
      return next;
    };
    await expect(watch(terminal, read, json, async () => undefined)).rejects.toThrow('ended');
    return out;
  }

  it('draws over what it drew before on a screen', async () => {
    const out = await watched(160, [running(0.25), idle]);
    const [first = '', second = ''] = out.split('\x1b[J');
    const rows = first.slice(0, first.lastIndexOf('\x1b')).split('\n').length - 1;
    expect(first.endsWith(`\x1b[${rows}A`)).toBe(true);
    expect(second).toBe(statusText(idle, 160));
  });

  it('prints a line elsewhere, whenever it differs', async () => {
    const out = await watched(undefined, [running(0.25), running(0.25), idle, idle]);
    expect(out.split('\n')).toEqual([
      '2026-01-01T00:00:00.000Z initial cycle, users  25 %  500 of 2000  42/s  about 36 s left',
      '2026-01-01T00:00:00.000Z active, waiting for changes',
      '',
    ]);
  });

  it('prints every status for a program', async () => {
    const out = await watched(undefined, [idle, idle], true);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([idle, idle]);
  });

  it('lets no name steer the screen', async () => {
    expect(await watched(100, [{ ...idle, name: '\x1b[2Jevil' }])).not.toContain('\x1b[2J');
  });
});
