import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Flow, openFlow, sealFlow } from './flow.ts';

const keys = (key: string) => ({ hmac: (text: string) => createHmac('sha256', key).update(text).digest('base64url') });
const flow: Flow = { state: 's', nonce: 'n', verifier: 'v', to: '/applications', expires: 1000 };

describe('a sign-in under way', () => {
  it('is what was sealed, until it is too old', () => {
    const sealed = sealFlow(keys('ours'), flow);
    expect(openFlow(keys('ours'), sealed, 999)).toEqual(flow);
    expect(openFlow(keys('ours'), sealed, 1000)).toBeUndefined();
  });

  it('is none when anybody has changed it, or made it themselves', () => {
    const sealed = sealFlow(keys('ours'), flow);
    const other = sealFlow(keys('ours'), { ...flow, to: '/elsewhere' });
    expect(openFlow(keys('theirs'), sealed, 0)).toBeUndefined();
    expect(openFlow(keys('ours'), `${other.split('.')[0]}.${sealed.split('.')[1]}`, 0)).toBeUndefined();
    for (const value of ['', '.', 'x.y', sealed.slice(0, -1), `${sealed}x`]) {
      expect(openFlow(keys('ours'), value, 0)).toBeUndefined();
    }
  });
});
