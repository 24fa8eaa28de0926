import { describe, expect, it } from 'vitest';
import { type Administrator, LastAdministrator, type Session } from '../administrator-contract.ts';
import { type Store, UniqueConflict } from '../contract.ts';
import { NOW, type Open, openFor } from './world-suite.ts';

const DAY = 86_400_000;

const person = (userName: string, changes: Partial<Administrator> = {}): Administrator => ({
  id: `id-${userName}`,
  userName,
  role: 'administrator',
  source: 'password',
  passwordHash: 'scrypt',
  identity: null,
  active: true,
  created: NOW,
  lastSignIn: null,
  ...changes,
});

const session = (userName: string, sha256: string, changes: Partial<Session> = {}): Session => ({
  sha256,
  administrator: `id-${userName}`,
  created: NOW,
  lastUsed: NOW,
  ...changes,
});

const signIn = async ({ administrators }: Store, userName: string, ...sessions: string[]) => {
  for (const sha256 of sessions) expect(await administrators.signIn(session(userName, sha256), {})).toBe(true);
};
const open = async ({ administrators }: Store, ...sessions: string[]) =>
  Promise.all(sessions.map(async (sha256) => (await administrators.session(sha256)) !== undefined));

export function administratorContract(openStore: Open): void {
  describe('administrators', () => {
    it('are found by id, by user name in any letter case, and by what their OpenID provider calls them', async () => {
      const { administrators } = await openFor(openStore);
      const mira = person('Mira');
      const identity = { issuer: 'https://login.example.org', subject: '4711' };
      const ken = person('ken', { role: 'auditor', source: 'oidc', passwordHash: null, identity, created: NOW + 1 });
      await administrators.add(mira);
      await administrators.add(ken);
      expect(await administrators.list()).toEqual([mira, ken]);
      expect(await administrators.byId('id-Mira')).toEqual(mira);
      expect(await administrators.byUserName('MIRA')).toEqual(mira);
      expect(await administrators.byIdentity(identity.issuer, '4711')).toEqual(ken);
      expect(await administrators.byIdentity('https://other.example.org', '4711')).toBeUndefined();
      expect(await administrators.byId('id-nobody')).toBeUndefined();
    });

    it('have user names and identities of their own', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.add(person('mira'));
      const second = administrators.add(person('MIRA'));
      await expect(second).rejects.toBeInstanceOf(UniqueConflict);
      await expect(second).rejects.toMatchObject({ path: 'userName', value: 'MIRA', holder: 'id-mira' });
      const identity = { issuer: 'https://login.example.org', subject: '4711' };
      await administrators.add(person('ken', { source: 'oidc', passwordHash: null, identity }));
      const again = administrators.add(person('ken (4711)', { source: 'oidc', passwordHash: null, identity }));
      await expect(again).rejects.toBeInstanceOf(UniqueConflict);
      await expect(again).rejects.toMatchObject({ path: 'identity', value: '4711', holder: 'id-ken' });
      expect(await administrators.list()).toHaveLength(2);
    });

    it('change role and state; whoever is deactivated has no session and no link left', async () => {
      const store = await openFor(openStore);
      const { administrators } = store;
      await administrators.add(person('mira'));
      await administrators.add(person('ken'));
      await signIn(store, 'ken', 's1', 's2');
      await signIn(store, 'mira', 's3');
      await administrators.addLink({ sha256: 'l1', purpose: 'reset', administrator: 'id-ken', expires: NOW + DAY });
      expect(await administrators.change('id-ken', { role: 'operator' })).toMatchObject({ role: 'operator' });
      expect(await administrators.session('s1')).toMatchObject({ administrator: { role: 'operator' } });
      expect(await administrators.change('id-ken', { active: false })).toMatchObject({ active: false });
      expect(await open(store, 's1', 's2', 's3')).toEqual([false, false, true]);
      expect(await administrators.link('l1')).toBeUndefined();
      expect(await administrators.signIn(session('ken', 's4'), {})).toBe(false);
      expect(await administrators.change('id-nobody', { active: false })).toBeUndefined();
    });

    it('never lose the last one who can administer', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.add(person('mira'));
      await administrators.add(person('ken', { role: 'operator' }));
      await administrators.add(person('pending', { passwordHash: null }));
      await administrators.add(person('away', { active: false }));
      await expect(administrators.change('id-mira', { role: 'auditor' })).rejects.toBeInstanceOf(LastAdministrator);
      await expect(administrators.change('id-mira', { active: false })).rejects.toBeInstanceOf(LastAdministrator);
      await expect(administrators.remove('id-mira')).rejects.toBeInstanceOf(LastAdministrator);
      expect(await administrators.byId('id-mira')).toEqual(person('mira'));
      await administrators.change('id-ken', { role: 'administrator' });
      expect(await administrators.remove('id-mira')).toBe(true);
      expect(await administrators.remove('id-mira')).toBe(false);
      expect(await administrators.remove('id-pending')).toBe(true);
    });

    it('keep one of two who remove each other at the same time', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.add(person('mira'));
      await administrators.add(person('ken'));
      const both = await Promise.allSettled([administrators.remove('id-mira'), administrators.remove('id-ken')]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await administrators.list()).toHaveLength(1);
    });

    it('get passwords; other sessions than the one that is kept end', async () => {
      const store = await openFor(openStore);
      const { administrators } = store;
      await administrators.add(person('mira'));
      await signIn(store, 'mira', 's1', 's2');
      await administrators.setPassword('id-mira', 'scrypt2', 's1');
      expect(await administrators.byId('id-mira')).toMatchObject({ passwordHash: 'scrypt2' });
      expect(await open(store, 's1', 's2')).toEqual([true, false]);
    });

    it('have sessions that end one by one, all together, and by age', async () => {
      const store = await openFor(openStore);
      const { administrators } = store;
      await administrators.add(person('mira'));
      await signIn(store, 'mira', 's1', 's2', 's3');
      expect(await administrators.session('s1')).toEqual({
        session: session('mira', 's1'),
        administrator: person('mira', { lastSignIn: NOW }),
      });
      await administrators.endSession('s1');
      expect(await open(store, 's1', 's2', 's3')).toEqual([false, true, true]);
      await administrators.endSessions('id-mira');
      expect(await open(store, 's2', 's3')).toEqual([false, false]);

      await administrators.signIn(session('mira', 'old', { created: NOW - 9 }), {});
      await administrators.signIn(session('mira', 'idle', { lastUsed: NOW - 9 }), {});
      await administrators.signIn(session('mira', 'used', { lastUsed: NOW - 9 }), {});
      await administrators.touchSession('used', NOW);
      await administrators.prune({ created: NOW - 5, lastUsed: NOW - 5, now: NOW });
      expect(await open(store, 'old', 'idle', 'used')).toEqual([false, false, true]);
    });

    it('do not sign in with a password that was changed meanwhile', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.add(person('mira'));
      await administrators.setPassword('id-mira', 'scrypt2', null);
      expect(await administrators.signIn(session('mira', 's1'), { passwordHash: 'scrypt' })).toBe(false);
      expect(await administrators.signIn(session('mira', 's1'), { passwordHash: 'scrypt2' })).toBe(true);
    });

    it('are what the OpenID provider says at each sign-in, even if nobody is left who can administer', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.add(person('mira', { source: 'oidc', passwordHash: null }));
      await administrators.add(person('ken', { role: 'auditor' }));
      const said = { role: 'operator', userName: 'mira.new' } as const;
      expect(await administrators.signIn(session('mira', 's1', { created: NOW + 5 }), said)).toBe(true);
      expect(await administrators.byId('id-mira')).toMatchObject({ ...said, lastSignIn: NOW + 5 });
      const taken = administrators.signIn(session('mira', 's2'), { userName: 'KEN' });
      await expect(taken).rejects.toMatchObject({ path: 'userName', holder: 'id-ken' });
      expect(await administrators.session('s2')).toBeUndefined();
    });

    it('are set up once, by the newest link, while it works', async () => {
      const { administrators } = await openFor(openStore);
      const link = { purpose: 'setup', administrator: null, expires: NOW + DAY } as const;
      expect(await administrators.setupOpen(NOW)).toBe(false);
      await administrators.addLink({ ...link, sha256: 'l1' });
      await administrators.addLink({ ...link, sha256: 'l2' });
      expect([await administrators.needSetup(), await administrators.setupOpen(NOW)]).toEqual([true, true]);
      expect(await administrators.setupOpen(NOW + DAY)).toBe(false);
      expect(await administrators.setUp('l1', person('mira'))).toBe(false);
      expect(await administrators.setUp('l2', person('mira', { created: NOW + DAY }))).toBe(false);
      expect(await administrators.setUp('l2', person('mira'))).toBe(true);
      expect(await administrators.setUp('l2', person('ken'))).toBe(false);
      expect([await administrators.needSetup(), await administrators.setupOpen(NOW)]).toEqual([false, false]);
      await administrators.addLink({ ...link, sha256: 'l3' });
      expect(await administrators.setupOpen(NOW)).toBe(false);
      expect(await administrators.setUp('l3', person('ken'))).toBe(false);
      expect(await administrators.list()).toEqual([person('mira')]);
    });

    it('are set up once by a link that two use at the same time, and so with a reset', async () => {
      const { administrators } = await openFor(openStore);
      await administrators.addLink({ sha256: 'l1', purpose: 'setup', administrator: null, expires: NOW + DAY });
      const both = [administrators.setUp('l1', person('mira')), administrators.setUp('l1', person('eve'))];
      expect((await Promise.all(both)).sort()).toEqual([false, true]);
      const [first] = await administrators.list();
      const administrator = first?.id ?? '';
      await administrators.addLink({ sha256: 'l2', purpose: 'reset', administrator, expires: NOW + DAY });
      const resets = ['a', 'b'].map((hash) => administrators.useResetLink('l2', hash, NOW));
      const [used, ...others] = (await Promise.all(resets)).filter((who) => who !== undefined);
      expect(others).toEqual([]);
      expect(await administrators.byId(administrator)).toEqual(used);
    });

    it('get a password by a reset link once, while it works, and all their sessions end', async () => {
      const store = await openFor(openStore);
      const { administrators } = store;
      await administrators.add(person('mira'));
      await administrators.add(person('ken'));
      await signIn(store, 'mira', 's1');
      const link = { purpose: 'reset', administrator: 'id-mira', expires: NOW + DAY } as const;
      await administrators.addLink({ ...link, sha256: 'l1' });
      await administrators.addLink({ ...link, sha256: 'l2' });
      await administrators.addLink({ ...link, sha256: 'l3', administrator: 'id-ken' });
      expect(await administrators.link('l2')).toEqual({ ...link, sha256: 'l2' });
      expect(await administrators.useResetLink('l1', 'new', NOW)).toBeUndefined();
      expect(await administrators.useResetLink('l2', 'new', NOW + DAY)).toBeUndefined();
      expect(await administrators.setUp('l2', person('eve'))).toBe(false);
      expect(await administrators.useResetLink('l2', 'new', NOW)).toMatchObject({ passwordHash: 'new' });
      expect(await administrators.useResetLink('l2', 'again', NOW)).toBeUndefined();
      expect(await administrators.byId('id-mira')).toMatchObject({ passwordHash: 'new' });
      expect(await open(store, 's1')).toEqual([false]);
      await administrators.prune({ created: 0, lastUsed: 0, now: NOW + DAY });
      expect(await administrators.link('l3')).toBeUndefined();
    });
  });
}
