import { describe, expect, it, onTestFinished } from 'vitest';
import { everything, group, linked, newRecord, user } from '../contract-suite/provisioning-world-suite.ts';
import { NOW } from '../contract-suite/world-suite.ts';
import { temporaryDatabase } from '../postgres/database.fixture.ts';
import { openPool } from '../postgres/pool.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { createJournal, type Guard } from './journal.ts';

/** Journals of one application in as many processes, and how many deadlocks PostgreSQL has ended. */
async function openJournals(count: number, guard?: Guard) {
  const { url, drop } = await temporaryDatabase();
  const pools = Array.from({ length: count }, () =>
    openPool({ url, connections: 4, patience: 20_000, statementTimeout: 30_000 }),
  );
  onTestFinished(async () => {
    for (const pool of pools) await pool.close();
    await drop();
  });
  const journals = pools.map((pool) =>
    createJournal({ read: pool.read, write: (body) => inTransaction(pool, body) }, 1, guard),
  );
  const deadlocks = async () => {
    const sql = 'SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()';
    return pools[0]?.read.execute(sql, [], { prepare: false }).then(({ rows }) => rows[0]?.n);
  };
  return { journals, deadlocks };
}

describe('journals of one application in several processes', () => {
  it('miss no reference and no membership of an object that another links at the same time', async () => {
    const { journals, deadlocks } = await openJournals(3);
    const [first] = journals;
    if (first === undefined) throw new Error('There is no journal');
    const ids = Array.from({ length: 120 }, (_, index) => `u${index}`);
    const refers = (index: number) => [
      { path: 'manager', wanted: ids[(index * 7 + 1) % ids.length] ?? '', sent: null },
    ];
    await first.settle([linked(group('g'))]);
    const writes = ids.map((id, index) => async () => {
      const journal = journals[index % 3] ?? first;
      await journal.settle([{ ...linked(user(id)), references: refers(index), record: newRecord(user(id)) }]);
    });
    const members = ids.map(
      (id, index) => () => (journals[(index + 1) % 3] ?? first).changeMembers('g', [user(id)], []),
    );
    // Backwards: whoever is linked becomes a member, and is referred to, at about the same moment.
    await Promise.all([...writes, ...members].map((write) => write()));
    expect(await everything((after) => first.pendingReferences(after, 50))).toHaveLength(ids.length);
    expect(await everything((after) => first.pendingMembers('g', 'add', after, 50))).toHaveLength(ids.length);
    expect(await first.window(NOW)).toMatchObject({ succeeded: ids.length });
    expect(await deadlocks()).toBe(0);
  });

  it('do not stand in each other’s way when they settle what refers to each other, in any order', async () => {
    const { journals, deadlocks } = await openJournals(3);
    const chunk = (which: number, round: number) =>
      Array.from({ length: 40 }, (_, index) => {
        const place = round % 2 === 0 ? index : 39 - index;
        const wanted = `c${(which + 1) % 3}-${(place * 11) % 40}`;
        const key = user(`c${which}-${place}`);
        return { ...linked(key, `${key.id}-${round}`), references: [{ path: 'manager', wanted, sent: null }] };
      });
    const work = journals.map(async (journal, which) => {
      for (let round = 0; round < 12; round++) await journal.settle(chunk(which, round));
    });
    await Promise.all(work);
    const pending = await everything((after) => journals[0]?.pendingReferences(after, 50) ?? Promise.reject());
    expect(pending).toHaveLength(120);
    expect(await deadlocks()).toBe(0);
  });

  it('write nothing when their guard says that they may not any more', async () => {
    let isLost = false;
    const { journals } = await openJournals(1, async (statements) => {
      await statements.execute('SELECT 1', []);
      if (isLost) throw new Error('The lease is another’s');
    });
    const [journal] = journals;
    if (journal === undefined) throw new Error('There is no journal');
    await journal.settle([linked(user('a'))]);
    isLost = true;
    const lost = 'The lease is another’s';
    await expect(journal.settle([linked(user('b'))])).rejects.toThrow(lost);
    await expect(journal.intend([{ ...user('b'), verb: 'create', at: NOW }])).rejects.toThrow(lost);
    await expect(journal.changeMembers('g', [user('a')], [])).rejects.toThrow(lost);
    await expect(journal.noteMembers('g', ['a'])).rejects.toThrow(lost);
    await expect(journal.dropEscrows(NOW)).rejects.toThrow(lost);
    expect([...(await journal.links('User', ['a', 'b'])).keys()]).toEqual(['a']);
    expect(await journal.unsettled(9)).toEqual([]);
  });
});
