import { describe, expect, it } from 'vitest';
import type { Administrator } from '../store/administrator-contract.ts';
import { hashChosenPassword, isRightPassword, isUserName } from './chosen-password.ts';
import { hashPassword } from './password.ts';

const person = (passwordHash: string | null, changes: Partial<Administrator> = {}): Administrator => ({
  id: 'id',
  userName: 'mira',
  role: 'auditor',
  source: 'password',
  passwordHash,
  identity: null,
  active: true,
  created: 0,
  lastSignIn: null,
  ...changes,
});

describe('a chosen password', () => {
  it('is hashed dearly, and the same however its letters are composed (RFC 8265 §4.2)', async () => {
    const hash = await hashChosenPassword('Zoë likes twelve letters');
    expect(hash).toMatch(/^scrypt\$131072\$8\$1\$/);
    expect(await isRightPassword(person(hash), 'Zoe\u0308 likes twelve letters')).toBe(true);
    expect(await isRightPassword(person(hash), 'Zoe likes twelve letters')).toBe(false);
  });

  it('lets in nobody who is not active, or signs in elsewhere', async () => {
    const cheap = await hashPassword('right');
    expect(await isRightPassword(person(cheap), 'right')).toBe(true);
    expect(await isRightPassword(person(cheap, { active: false }), 'right')).toBe(false);
    expect(await isRightPassword(person(cheap, { source: 'oidc' }), 'right')).toBe(false);
  });

  it('costs the same for nobody: all of them take places in the queue, and none of those of identity providers', async () => {
    const order: string[] = [];
    const checks = Array.from({ length: 3 }, () => [undefined, person(null)]).flat();
    const settled = Promise.allSettled(checks.map((one) => isRightPassword(one, 'x'))).then((all) => {
      order.push('chosen');
      return all;
    });
    await hashPassword('random');
    order.push('random');
    const outcomes = (await settled).map((check) => (check.status === 'fulfilled' ? check.value : check.reason.status));
    expect(order).toEqual(['random', 'chosen']);
    expect(outcomes).toEqual([false, false, false, false, false, 503]);
  });

  it('is more than the user name', () => {
    expect(isUserName('Mira.Okafor@example.org', 'mira.okafor@example.org')).toBe(true);
    expect(isUserName('mira.okafor@example.org!', 'mira.okafor@example.org')).toBe(false);
  });
});
