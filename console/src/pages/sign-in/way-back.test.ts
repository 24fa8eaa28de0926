import { describe, expect, it } from 'vitest';
import { wayBack } from './way-back.ts';

describe('the way back after signing in', () => {
  it.each(['/', '/applications/crm?tab=log#top', '/identity-servers/hr/users?filter=title+eq+%22a%22'])(
    'leads to %s',
    (to) => {
      expect(wayBack({ to })).toEqual({ to });
    },
  );

  // URL Standard §4.4: tabs and line ends are taken out before an address is read, and \ counts as /.
  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a\\..\\..\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    7,
    undefined,
    ['/'],
  ])('does not lead to %j', (to) => {
    expect(wayBack({ to })).toStrictEqual({});
  });
});
