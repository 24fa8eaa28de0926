import { createCatalogue, parseFilter } from '@rollcall/scim';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchQuery } from '../contract.ts';
import { knownTotals } from './known-totals.ts';

const catalogue = createCatalogue();
const query = (filter: string, seq?: number): SearchQuery => ({
  server: 1,
  catalogue,
  catalogueVersion: 1,
  compatibility: 'strict',
  types: ['User'],
  filter: parseFilter(filter),
  sort: undefined,
  page: { kind: 'after', position: seq === undefined ? undefined : { key: null, seq }, count: 10 },
});
const found = (total: number) => ({ total, rows: [], next: { key: null, seq: 9 } });

describe('the totals of walks', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are counted by the first page and known to the next ones for a minute', () => {
    const totals = knownTotals();
    expect(totals.of(query('title pr'))).toBeUndefined();
    totals.keep(query('title pr'), found(20));
    expect(totals.of(query('title pr', 9))).toBe(20);
    expect(totals.of(query('title pr'))).toBeUndefined();
    expect(totals.of(query('active eq true', 9))).toBeUndefined();
    vi.advanceTimersByTime(59_000);
    totals.keep(query('title pr', 9), found(20));
    expect(totals.of(query('title pr', 9))).toBe(20);
    vi.advanceTimersByTime(2000);
    expect(totals.of(query('title pr', 9))).toBeUndefined();
    totals.keep(query('title pr', 9), found(30));
    expect(totals.of(query('title pr', 9))).toBe(30);
  });

  it('are forgotten when a thousand others are newer', () => {
    const totals = knownTotals();
    for (let index = 0; index <= 1000; index++) totals.keep(query(`title eq "${index}"`), found(index));
    expect(totals.of(query('title eq "0"', 9))).toBeUndefined();
    expect(totals.of(query('title eq "1000"', 9))).toBe(1000);
  });
});
