import { describe, expect, it } from 'vitest';
import { isNetwork, networkList, plainAddress } from './network.ts';

describe('networks', () => {
  it.each(['192.0.2.0/24', '192.0.2.1', '0.0.0.0/0', '2001:db8::/32', '::1'])('takes %s', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    '192.0.2.0/33',
    '192.0.2/24',
    '2001:db8::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    'example.org',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
  ])('refuses %s', (text) => {
    expect(isNetwork(text)).toBe(false);
  });

  it.each([
    [['192.0.2.0/24'], '192.0.2.200', true],
    [['192.0.2.0/24'], '192.0.3.1', false],
    [['192.0.2.0/24'], '::ffff:192.0.2.7', true],
    [['2001:db8::/32'], '2001:db8:1::5', true],
    [['2001:db8::/32'], '2001:db9::5', false],
    [['2001:db8::/32'], '192.0.2.1', false],
    [['192.0.2.0/24'], '192.0.2.7:51234', true],
    [['2001:db8::/32'], '[2001:db8::5]:51234', true],
    [['10.0.0.0/8', '2001:db8::1'], '2001:db8::1', true],
    [['0.0.0.0/0'], '203.0.113.9', true],
    [['10.0.0.0/8'], '', false],
    [['10.0.0.0/8'], 'unknown', false],
    [[], '10.0.0.1', false],
  ])('%j holds %s: %s', (networks, address, holds) => {
    expect(networkList(networks)(address)).toBe(holds);
  });

  it('shows an IPv4 peer of a dual-stack socket as IPv4, and drops a zone', () => {
    expect(plainAddress('::FFFF:10.1.2.3')).toBe('10.1.2.3');
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
    expect(plainAddress('2001:db8::1')).toBe('2001:db8::1');
  });
});
