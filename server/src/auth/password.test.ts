import { describe, expect, it } from 'vitest';
import { hashPassword, newPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  it('are found right by their hash, and nothing else is', async () => {
    const password = newPassword();
    const hash = await hashPassword(password);
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(hash).toMatch(/^scrypt\$16384\$8\$1\$/);
    expect(hash).not.toContain(password);
    expect(await verifyPassword(password, hash)).toBe(true);
    expect(await verifyPassword(`${password}x`, hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('never have the same hash twice', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('belong to no hash of another kind', async () => {
    expect(await verifyPassword('x', 'md5$abc')).toBe(false);
    expect(await verifyPassword('x', '')).toBe(false);
  });

  it('are refused with 503 and no work when too many wait already', async () => {
    const hash = await hashPassword('right');
    const checks = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword('right', hash)));
    const refused = checks.filter((check) => check.status === 'rejected');
    expect(refused).toHaveLength(58);
    expect(refused[0]?.reason).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(await verifyPassword('right', hash)).toBe(true);
  });
});
