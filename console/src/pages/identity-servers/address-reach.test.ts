import { describe, expect, it } from 'vitest';
import { reachOf } from './address-reach.ts';

describe('who can reach the address', () => {
  it.each([
    ['https://scim.example.com/scim/entra/v2', 'internet'],
    ['https://203.0.113.7/scim/entra/v2', 'internet'],
    ['https://[2001:db8::7]/scim/entra/v2', 'internet'],
    ['http://scim.example.com/scim/entra/v2', 'plain'],
    ['http://127.0.0.1:8080/scim/entra/v2', 'loopback'],
    ['https://localhost/scim/entra/v2', 'loopback'],
    ['http://[::1]:8080/scim/entra/v2', 'loopback'],
    ['https://10.1.2.3/scim/entra/v2', 'local'],
    ['https://172.31.0.9/scim/entra/v2', 'local'],
    ['https://172.32.0.9/scim/entra/v2', 'internet'],
    ['https://[fd00::1]/scim/entra/v2', 'local'],
    ['https://rollcall/scim/entra/v2', 'local'],
    ['https://rollcall.internal/scim/entra/v2', 'local'],
  ])('%s: %s', (url, reach) => {
    expect(reachOf(url)).toBe(reach);
  });
});
