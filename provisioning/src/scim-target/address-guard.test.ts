import { describe, expect, it } from 'vitest';
import { checkHost, guardedLookup, isAllowed } from './address-guard.ts';
import type { ResolvedAddress } from './options.ts';

const lookUp = (policy: 'any' | 'public', found: readonly string[], all = true) =>
  new Promise<unknown>((resolve) => {
    const answers: readonly ResolvedAddress[] = found.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    guardedLookup(policy, () => Promise.resolve(answers))('target.example', { all }, (error, address) =>
      resolve(error ?? address),
    );
  });

describe('the addresses that are called', () => {
  it.each([
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '::169.254.169.254',
    'nonsense',
  ])('never include %s', (address) => {
    expect(isAllowed(address, 'any')).toBe(false);
  });

  it.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '::1', 'fd12::1', '::ffff:10.0.0.1'])(
    'include the private or loopback address %s unless they must be public',
    (address) => {
      expect(isAllowed(address, 'any')).toBe(true);
      expect(isAllowed(address, 'public')).toBe(false);
    },
  );

  it.each(['93.184.216.34', '172.32.0.1', '2606:4700::1111', '::ffff:93.184.216.34'])(
    'include %s always',
    (address) => {
      expect(isAllowed(address, 'public')).toBe(true);
    },
  );

  it.each(['http://2852039166/', 'http://0xa9fea9fe/', 'http://0251.0376.0251.0376/', 'http://[::ffff:a9fe:a9fe]/'])(
    'do not include a metadata address that is written as %s',
    (url) => {
      expect(() => checkHost(new URL(url), 'any')).toThrow('not called');
    },
  );

  it('leave out what a name must not stand for', async () => {
    const allowed = [{ address: '93.184.216.34', family: 4 }];
    expect(await lookUp('any', ['169.254.169.254', '93.184.216.34'])).toEqual(allowed);
    expect(await lookUp('public', ['127.0.0.1', '93.184.216.34'], false)).toBe('93.184.216.34');
  });

  it('are refused when a name stands for nothing else', async () => {
    expect(await lookUp('any', ['169.254.169.254'])).toMatchObject({
      code: 'AddressRefused',
      message: 'target.example (169.254.169.254) is an address that is not called',
    });
  });
});
