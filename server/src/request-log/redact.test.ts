import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logEntry } from './log-entry.fixture.ts';
import { redact } from './redact.ts';

const SECRET = 'hunter2-correct-horse';
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

const body = (text: string) => redact(logEntry({ requestBody: text })).requestBody;
const url = (text: string) => redact(logEntry({ url: text })).url;

describe('headers in the request log', () => {
  it.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'X-Auth-Token',
    'x-client-secret',
  ])('loses the value of %s', (name) => {
    const { requestHeaders, responseHeaders } = redact(
      logEntry({ requestHeaders: { [name]: SECRET }, responseHeaders: { [name]: SECRET } }),
    );
    expect(requestHeaders).toEqual({ [name]: '(removed)' });
    expect(responseHeaders).toEqual({ [name]: '(removed)' });
  });

  it('keeps headers that hold no secret', () => {
    const requestHeaders = { 'user-agent': 'Okta SCIM Client 1.0.0', 'if-match': 'W/"3"', accept: '*/*' };
    expect(redact(logEntry({ requestHeaders })).requestHeaders).toEqual(requestHeaders);
  });

  it('loses a token in the query of a referer', () => {
    const requestHeaders = { referer: `https://x.example/cb?access_token=${SECRET}&page=2` };
    expect(redact(logEntry({ requestHeaders })).requestHeaders).toEqual({
      referer: 'https://x.example/cb?access_token=(removed)&page=2',
    });
  });
});

describe('JSON bodies in the request log', () => {
  it.each([
    ['password', `{"userName":"mira","password":"${SECRET}"}`],
    ['Password', `{"userName":"mira","Password" : "${SECRET}" }`],
    ['secret', `{"secret":"${SECRET}"}`],
    ['token', `{"token":"${SECRET}"}`],
    ['client_secret', `{"client_secret":"${SECRET}"}`],
    ['assertion', `{"assertion":"${SECRET}"}`],
    ['clientSecret', `{"clientSecret":"${SECRET}"}`],
    ['a secret number', '{"password":4711471147}'],
    ['a secret object', `{"password":{"a":["${SECRET}"],"b":"}"}}`],
    ['a secret array', `{"tokens":["x","${SECRET}"]}`],
    ['a deep member', `{"a":[{"b":{"c":[{"password":"${SECRET}"}]}}]}`],
    ['a name with escapes', `{"pass\\u0077ord":"${SECRET}"}`],
    ['a value with escapes', `{"password":"\\"}\\\\","secret":"${SECRET}\\""}`],
    ['a dotted key', `{"credentials.password":"${SECRET}"}`],
    ['a URN key', `{"urn:ietf:params:scim:schemas:core:2.0:User:password":"${SECRET}"}`],
    ['a key twice', `{"password":"x","password":"${SECRET}"}`],
    ['PATCH with path', `{"Operations":[{"op":"replace","path":"password","value":"${SECRET}"}]}`],
    ['PATCH with path last', `{"Operations":[{"op":"replace","value":"${SECRET}","path":"password"}]}`],
    ['PATCH with Path', `{"Operations":[{"op":"Replace","Path":"Password","Value":"${SECRET}"}]}`],
    [
      'PATCH with URN',
      `{"Operations":[{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:password","value":"${SECRET}"}]}`,
    ],
    ['PATCH without path', `{"Operations":[{"op":"replace","value":{"password":"${SECRET}"}}]}`],
    ['bulk', `{"Operations":[{"data":{"Operations":[{"path":"password","value":["${SECRET}"]}]}}]}`],
    ['a search', `{"filter":"password eq \\"${SECRET}\\""}`],
    ['a bearer token in a text', `{"detail":"sent Bearer ${SECRET}"}`],
    ['a JWT in a text', `{"detail":"got ${JWT}."}`],
  ])('lose %s and stay JSON', (_, text) => {
    const redacted = body(text) ?? '';
    expect(redacted).toContain('(removed)');
    expect(redacted).not.toMatch(/hunter2|4711|c2lnbmF0dXJl/);
    expect(() => JSON.parse(redacted)).not.toThrow();
  });

  it('keeps every other byte as sent', () => {
    const text = `{ "userName" : "mira",\n "password":"${SECRET}", "emails":[{"value":"m@x.example"}], "n":1.50 }`;
    expect(body(text)).toBe(text.replace(`"${SECRET}"`, '"(removed)"'));
  });

  it.each([
    '{"userName":"token","title":"Secretary","emails":[{"type":"work","value":"password@x.example"}]}',
    '{"Operations":[{"op":"replace","path":"title","value":"Keeper of secrets"}]}',
    '{"password":null}',
    '{"displayName":"key account","authenticationSchemes":[{"name":"OAuth Bearer"}]}',
  ])('keeps %s, which holds no secret', (text) => {
    expect(body(text)).toBe(text);
  });

  it.each([
    ['cut in the value', `{"userName":"mira","password":"${SECRET}`],
    ['cut after the value', `{"Operations":[{"op":"replace","path":"password","value":"${SECRET}"`],
    ['cut before the path', `{"Operations":[{"op":"replace","value":"${SECRET}","pa`],
    ['cut in a secret object', `{"secret":{"a":{"b":"${SECRET}`],
    ['without quotes', `{password: "${SECRET}"}`],
    ['with single quotes', `{'password': '${SECRET}'}`],
    ['without a comma', `{"a":1 "password":"${SECRET}"}`],
    ['with a wrong bracket', `{"a":[1}, "password":"${SECRET}"}`],
  ])('lose secrets when the JSON is %s', (_, text) => {
    expect(body(text)).not.toContain('hunter2');
  });

  it('never lose a password wherever it stands in any JSON', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), tie('array'), tie('object')),
      array: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    }));
    const name = fc.constantFrom('password', 'PassWord', 'client_secret', 'x.token');
    fc.assert(
      fc.property(json.object, json.object, name, (before, after, secret) => {
        const text = JSON.stringify([before, { before, [secret]: SECRET, after }, after]);
        const redacted = body(text) ?? '';
        expect(redacted).not.toContain(SECRET);
        expect(() => JSON.parse(redacted)).not.toThrow();
      }),
    );
  });
});

describe('other bodies in the request log', () => {
  it.each([
    `grant_type=client_credentials&client_secret=${SECRET}&scope=x`,
    `password: ${SECRET}`,
    `token="${SECRET} with spaces"`,
    `Authorization: Bearer ${SECRET}`,
    `authorization basic ${Buffer.from('mira:hunter2').toString('base64')}`,
    `the token was ${JWT}`,
  ])('lose the secret of %s', (text) => {
    expect(body(text)).toContain('(removed)');
    expect(body(text)).not.toMatch(/hunter2|bWlyYTpodW50ZXIy|c2lnbmF0dXJl/);
  });

  it('are read in linear time, whatever their shape', () => {
    const units = ['eyJ', 'bearer ', '"password":', '\\"', '{"a":[', '"', 'token=', 'basic\t'];
    // Each takes about 20 ms; the square of their length would take minutes, longer than a test may.
    for (const unit of units) expect(body(unit.repeat(1_000_000 / unit.length))).toEqual(expect.any(String));
  });
});

describe('the query in the request log', () => {
  it.each([
    [`/scim/v2/Users?access_token=${SECRET}&count=1`, '/scim/v2/Users?access_token=(removed)&count=1'],
    [`/scim/v2/Users?%61ccess_token=${SECRET}`, '/scim/v2/Users?%61ccess_token=(removed)'],
    [`/scim/v2/Users?filter=password+eq+%22${SECRET}%22&count=1`, '/scim/v2/Users?filter=(removed)&count=1'],
    [`/scim/v2/Users?filter=%70assword%20eq%20%22${SECRET}%22%zz`, '/scim/v2/Users?filter=(removed)'],
    [`/scim/v2/Users/${JWT}`, '/scim/v2/Users/(removed)'],
    ['/scim/v2/Users?attributes=password,userName', '/scim/v2/Users?attributes=password,userName'],
    ['/scim/v2/Users?filter=userName%20eq%20%22mira%22&flag', '/scim/v2/Users?filter=userName%20eq%20%22mira%22&flag'],
  ])('turns %s into %s', (asked, kept) => {
    expect(url(asked)).toBe(kept);
  });
});

describe('other texts in the request log', () => {
  it('loses tokens in notes and reasons', () => {
    const { notes, reason } = redact(
      logEntry({ notes: [{ quirk: 'a', detail: `Bearer ${SECRET}` }, { quirk: 'b' }], reason: `unknown token ${JWT}` }),
    );
    expect(notes).toEqual([{ quirk: 'a', detail: 'Bearer (removed)' }, { quirk: 'b' }]);
    expect(reason).toBe('unknown token (removed)');
  });
});
