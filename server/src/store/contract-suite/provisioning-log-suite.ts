import type { ProvisioningRecord } from '@rollcall/provisioning';
import { describe, expect, it } from 'vitest';
import type { ProvisioningLogQuery } from '../application-contract.ts';
import type { Store } from '../contract.ts';
import { group, newRecord, user } from './provisioning-world-suite.ts';
import { NOW, type Open, openFor } from './world-suite.ts';

const record = (store: Store, application: number, records: readonly ProvisioningRecord[]) =>
  store.applications
    .journal(application)
    .settle(records.map((each) => ({ type: each.type, id: each.id, record: each })));

const idsIn = async (store: Store, query: Partial<ProvisioningLogQuery>): Promise<string[]> =>
  (await store.applications.log({ application: 1, limit: 100, ...query })).map(({ id }) => id);

export function provisioningLogContract(open: Open): void {
  describe('the provisioning log', () => {
    it('gives records back as they were written', async () => {
      const store = await openFor(open);
      const full = newRecord(user('u1'), {
        targetId: 't1',
        error: { code: 'Timeout', message: 'late' },
        nextAt: NOW + 1,
        attempts: 2,
        steps: [{ name: 'match', status: 'success', description: 'Found', details: { by: 'userName' } }],
        modified: [{ path: 'userName', from: undefined, to: 'babs' }],
        exchanges: [
          {
            at: NOW,
            durationMs: 2.5,
            method: 'GET',
            url: 'https://wiki/Users',
            requestBody: undefined,
            status: 200,
            responseBody: '{}',
            failure: undefined,
          },
        ],
      });
      await record(store, 1, [full, newRecord(group('g1'))]);
      const [second, first] = await store.applications.log({ application: 1, limit: 9 });
      expect(first).toEqual({ ...full, n: first?.n });
      expect(second).toEqual({ ...newRecord(group('g1')), n: second?.n });
      expect(await store.applications.logEntry(1, first?.n ?? 0)).toEqual(first);
      expect(await store.applications.logEntry(2, first?.n ?? 0)).toBeUndefined();
    });

    it('is read from its end, a page before the other', async () => {
      const store = await openFor(open);
      await record(
        store,
        1,
        ['a', 'b', 'c', 'd'].map((id) => newRecord(user(id))),
      );
      await record(store, 2, [newRecord(user('e'))]);
      const page = await store.applications.log({ application: 1, limit: 2 });
      expect(page.map(({ id }) => id)).toEqual(['d', 'c']);
      expect(await idsIn(store, { before: page.at(-1)?.n })).toEqual(['b', 'a']);
      expect(await idsIn(store, { application: 3 })).toEqual([]);
    });

    it('is searched by what its records hold', async () => {
      const store = await openFor(open);
      await record(store, 1, [
        newRecord(user('a'), { label: 'Bärbel@example.com', targetId: 'ta', action: 'update' }),
        newRecord(user('b'), { status: 'failure', error: { code: 'Timeout', message: 'late' }, cycle: 'c2' }),
        newRecord(group('c'), { label: '100% of_all', at: NOW + 5 }),
      ]);
      expect(await idsIn(store, { status: 'failure' })).toEqual(['b']);
      expect(await idsIn(store, { action: 'update' })).toEqual(['a']);
      expect(await idsIn(store, { type: 'Group' })).toEqual(['c']);
      expect(await idsIn(store, { cycle: 'c2' })).toEqual(['b']);
      expect(await idsIn(store, { code: 'Timeout' })).toEqual(['b']);
      expect(await idsIn(store, { code: 'Nothing' })).toEqual([]);
      expect(await idsIn(store, { since: NOW + 1 })).toEqual(['c']);
      expect(await idsIn(store, { until: NOW })).toEqual(['b', 'a']);
      expect(await idsIn(store, { object: 'a' })).toEqual(['a']);
      expect(await idsIn(store, { object: 'ta' })).toEqual(['a']);
      expect(await idsIn(store, { object: 'BÄRBEL' })).toEqual(['a']);
      expect(await idsIn(store, { object: '0% OF_' })).toEqual(['c']);
      expect(await idsIn(store, { object: '%' })).toEqual(['c']);
      expect(await idsIn(store, { object: 'exAMPle', status: 'failure' })).toEqual([]);
    });

    it('finds what lies thousands of records back', async () => {
      const store = await openFor(open);
      const early = [newRecord(user('early'), { label: 'Early Bird' })];
      const rest = Array.from({ length: 4500 }, (_, index) => newRecord(user(`u${index}`)));
      await record(store, 1, [...early, ...rest]);
      expect(await idsIn(store, { object: 'bird' })).toEqual(['early']);
      expect(await idsIn(store, { object: 'early' })).toEqual(['early']);
      expect(await idsIn(store, { object: 'u', limit: 4600 })).toHaveLength(4500);
    });
  });
}
