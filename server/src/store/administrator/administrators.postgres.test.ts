import { describe, expect, it } from 'vitest';
import { type Administrator, LastAdministrator, type Session } from '../administrator-contract.ts';
import { NOW } from '../contract-suite/world-suite.ts';
import { twoStores } from '../postgres/two-stores.fixture.ts';

const TIMES = 20;

const person = (id: string, values: Partial<Administrator> = {}): Administrator => ({
  id,
  userName: id,
  role: 'administrator',
  source: 'password',
  passwordHash: 'scrypt',
  identity: null,
  active: true,
  created: NOW,
  lastSignIn: null,
  ...values,
});

const session = (administrator: string, sha256: string): Session => ({
  sha256,
  administrator,
  created: NOW,
  lastUsed: NOW,
});

const rejections = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);

describe('administrators whom two processes change', () => {
  it('keep one who can administer when each takes the other away', async () => {
    const [one, two] = await twoStores();
    for (let time = 0; time < TIMES; time++) {
      const [a, b] = [`a${time}`, `b${time}`];
      await Promise.all([one.administrators.add(person(a)), two.administrators.add(person(b))]);
      const others = (await one.administrators.list()).filter(({ id }) => id !== a && id !== b);
      for (const { id } of others) await one.administrators.remove(id);
      const outcomes = await Promise.allSettled([
        time % 2 === 0 ? one.administrators.remove(a) : one.administrators.change(a, { role: 'auditor' }),
        two.administrators.change(b, { active: false }),
      ]);
      expect(rejections(outcomes)).toEqual([expect.any(LastAdministrator)]);
      const left = (await two.administrators.list()).filter(({ role, active }) => role === 'administrator' && active);
      expect(left).toHaveLength(1);
    }
  });

  it('have user names of their own, also when both are added at the same time', async () => {
    const [one, two] = await twoStores();
    for (let time = 0; time < TIMES; time++) {
      const outcomes = await Promise.allSettled([
        one.administrators.add(person(`one${time}`, { userName: `Mira${time}` })),
        two.administrators.add(person(`two${time}`, { userName: `mira${time}` })),
      ]);
      const holder = await one.administrators.byUserName(`mira${time}`);
      expect(rejections(outcomes)).toEqual([
        expect.objectContaining({ name: 'UniqueConflict', path: 'userName', holder: holder?.id }),
      ]);
    }
  });

  it('take a name from their provider that nobody else takes at the same time', async () => {
    const [one, two] = await twoStores();
    await one.administrators.add(person('a'));
    await one.administrators.add(person('b'));
    const outcomes = await Promise.allSettled([
      one.administrators.signIn(session('a', 's1'), { userName: 'mira', role: 'operator' }),
      two.administrators.signIn(session('b', 's2'), { userName: 'Mira', role: 'operator' }),
    ]);
    expect(rejections(outcomes)).toEqual([expect.objectContaining({ name: 'UniqueConflict', path: 'userName' })]);
  });

  it('are set up once, however many links and people there are', async () => {
    const [one, two] = await twoStores();
    const link = { purpose: 'setup', administrator: null, expires: NOW + 1000 } as const;
    for (let time = 0; time < TIMES; time++) {
      await Promise.all([
        one.administrators.addLink({ ...link, sha256: `one${time}` }),
        two.administrators.addLink({ ...link, sha256: `two${time}` }),
      ]);
    }
    const last = [`one${TIMES - 1}`, `two${TIMES - 1}`];
    expect((await Promise.all(last.map((sha256) => one.administrators.link(sha256)))).filter(Boolean)).toHaveLength(1);
    const used = await Promise.all(
      [one, two, one, two].map(({ administrators }, n) =>
        administrators.setUp(last[n >> 1] ?? '', person(`person${n}`)),
      ),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await two.administrators.list()).toHaveLength(1);
  });

  it('get a password by a reset link once', async () => {
    const [one, two] = await twoStores();
    await one.administrators.add(person('mira'));
    for (let time = 0; time < TIMES; time++) {
      const sha256 = `link${time}`;
      await one.administrators.addLink({ sha256, purpose: 'reset', administrator: 'mira', expires: NOW + 1000 });
      const used = await Promise.all([
        one.administrators.useResetLink(sha256, `one${time}`, NOW),
        two.administrators.useResetLink(sha256, `two${time}`, NOW),
      ]);
      const [winner, ...others] = used.filter((used) => used !== undefined);
      expect(others).toEqual([]);
      expect((await one.administrators.byId('mira'))?.passwordHash).toBe(winner?.passwordHash);
    }
  });

  it('have no session with a password that is no longer theirs, and none when they are deactivated', async () => {
    const [one, two] = await twoStores();
    await one.administrators.add(person('other'));
    for (let time = 0; time < TIMES; time++) {
      const id = `mira${time}`;
      await one.administrators.add(person(id, { passwordHash: 'old' }));
      await Promise.all([
        two.administrators.signIn(session(id, `s${time}`), { passwordHash: 'old' }),
        time % 2 === 0
          ? one.administrators.setPassword(id, 'new', null)
          : one.administrators.change(id, { active: false }),
        two.administrators.prune({ created: 1, lastUsed: 1, now: 1 }),
      ]);
      expect(await two.administrators.session(`s${time}`)).toBeUndefined();
    }
  });
});
