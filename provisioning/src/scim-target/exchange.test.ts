import { describe, expect, it } from 'vitest';
import { shownBody, shownUrl } from './exchange.ts';

describe('a body in the log', () => {
  it.each([
    ['{"userName":"mia","password":"hunter2"}', '{"userName":"mia","password":"***"}'],
    [
      '{"Operations":[{"op":"replace","path":"password","value":"hunter2"}]}',
      '{"Operations":[{"op":"replace","path":"password","value":"***"}]}',
    ],
    ['{"access_token":"hunter2","expires_in":3600}', '{"access_token":"***","expires_in":3600}'],
    [
      'grant_type=client_credentials&client_secret=hunter2&scope=a',
      'grant_type=client_credentials&client_secret=***&scope=a',
    ],
    ['{"userName":"mia"}', '{"userName":"mia"}'],
    ['<html>', '<html>'],
  ])('has no secrets: %s', (body, shown) => {
    expect(shownBody(body)).toBe(shown);
  });

  it('has no secrets where it is too long to be parsed, or no JSON', () => {
    const tail = 'x'.repeat(100_000);
    for (const head of ['{"password": "hunter2', '{"op":"add","path":"urn:a:User:password","value":"hunter2']) {
      expect(shownBody(`${head}","note":"${tail}"}`)).not.toContain('hunter2');
      expect(shownBody(head)).not.toContain('hunter2');
    }
    expect(shownBody(tail).length).toBeLessThan(17_000);
  });

  it('stands beside a URL without a password', () => {
    expect(shownUrl(new URL('https://u:p@acme.example/scim?x=1'))).toBe('https://acme.example/scim?x=1');
  });
});
