import { describe, expect, it } from 'vitest';
import { newTokenSchema, rotationSchema } from './token.ts';

const DAY = 86_400_000;

describe('the contract of tokens', () => {
  it('takes a life from a minute to ten years', () => {
    const life = (expiresIn: string) => newTokenSchema.safeParse({ name: 'Entra', expiresIn });
    expect(life('1m').data?.expiresIn).toBe(60_000);
    expect(life('3653d').data?.expiresIn).toBe(3653 * DAY);
    for (const wrong of ['59s', '3654d', '0d', 'forever']) expect(life(wrong).success).toBe(false);
  });

  it.each([[{ '*': 'write' }], [{ User: 'read', Group: 'write' }]])('takes the scope %j', (scope) => {
    expect(newTokenSchema.parse({ name: 'Entra', scope }).scope).toEqual(scope);
  });

  it.each([[{}], [{ User: 'delete' }], [{ 'a b': 'read' }], ['write'], [[]]])('refuses the scope %j', (scope) => {
    expect(newTokenSchema.safeParse({ name: 'Entra', scope }).success).toBe(false);
  });

  it('takes a rotation without any word', () => {
    expect(rotationSchema.parse({})).toEqual({});
  });
});
