import { describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, PATCH_OP, scimClient, USER } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { ACME, acmeExtension } from './acme-extension.ts';

const { strict, running } = oneServer();
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const ABSENT = '00000000-0000-7000-8000-000000000000';
const named = (userName: string, others = {}) => ({ schemas: [USER], userName, ...others });

describe('which error for which case', () => {
  it('is 401 with a challenge for no and for wrong credentials (RFC 7644 §2, RFC 6750 §3)', async () => {
    const scim = await strict();
    const none = await scim.get('/Users', { authorization: undefined });
    expectScimError(none, 401);
    expect(none.headers['www-authenticate']).toMatch(/^Bearer (?!.*error=)/);
    const wrong = await scim.get('/Users/any', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' });
    expectScimError(wrong, 401);
    expect(wrong.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('is 403 with insufficient_scope for a token whose scope is too small (RFC 6750 §3.1)', async () => {
    const scim = await strict();
    const id = await scim.user();
    const request = { name: 'reader', scope: { User: 'read' } };
    const { body } = await administer(running().admin, 'POST', `/identity-servers/${scim.slug}/tokens`, request);
    const reader = scimClient(scim.baseUrl, textAt(body, '$.token'));
    expect((await reader.get(`/Users/${id}`)).status).toBe(200);
    for (const answer of [
      await reader.post('/Users', named('x')),
      await reader.delete(`/Users/${id}`),
      await reader.get('/Groups'),
    ]) {
      expectScimError(answer, 403);
      expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
    }
  });

  it('is 404 for an unknown endpoint and an unknown, deleted or foreign id (RFC 7644 §3.12)', async () => {
    const [scim, other] = [await strict(), await strict()];
    const deleted = await scim.user();
    await scim.delete(`/Users/${deleted}`);
    const foreign = await other.user();
    const group = await scim.group('G');
    for (const path of ['/Nothing', `/Users/${ABSENT}`, `/Users/${deleted}`, `/Users/${foreign}`, `/Users/${group}`]) {
      expectScimError(await scim.get(path), 404);
    }
    expectScimError(await scim.put(`/Users/${foreign}`, named('y')), 404);
    expectScimError(await scim.patch(`/Users/${foreign}`, { op: 'remove', path: 'title' }), 404);
    expectScimError(await scim.delete(`/Users/${foreign}`), 404);
    for (const path of ['/Schemas/urn:x', '/ResourceTypes/X', '/Schemas/.search'])
      expectScimError(await scim.get(path), 404);
  });

  it('is 405 with Allow for a method that an endpoint has not (RFC 9110 §15.5.6)', async () => {
    const scim = await strict();
    for (const [method, path] of [
      ['DELETE', '/Users'],
      ['PUT', '/ServiceProviderConfig'],
      ['GET', '/.search'],
      ['POST', '/'],
    ]) {
      const answer = await scim.request(method ?? '', path ?? '', 'no body that could be parsed');
      expectScimError(answer, 405);
      expect(answer.headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
    }
  });

  it('is 501 for what is not offered (RFC 7644 §3.11)', async () => {
    const scim = await strict();
    expectScimError(await scim.post('/Me', named('me')), 501);
  });

  it('is 400 invalidSyntax for what is no JSON object and for the wrong message (RFC 7644 §3.12)', async () => {
    const scim = await strict();
    const id = await scim.user();
    for (const body of ['', '{', '{"a":1}}', '[]', '"text"', 'null', '7', '\u0000', '{"userName":"a" "b"}']) {
      expectScimError(await scim.post('/Users', body), 400, 'invalidSyntax');
    }
    expectScimError(await scim.post('/Users', { userName: 'x' }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Users', { schemas: [GROUP], userName: 'x' }), 400, 'invalidSyntax');
    const Operations = [{ op: 'replace', path: 'title', value: 'T' }];
    expectScimError(await scim.request('PATCH', `/Users/${id}`, { schemas: [USER], Operations }), 400, 'invalidSyntax');
    expectScimError(await scim.request('PATCH', `/Users/${id}`, { schemas: [PATCH_OP] }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/.search', { filter: 'userName pr' }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Bulk', { schemas: [PATCH_OP], Operations: [] }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Users', `${'['.repeat(5000)}`), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Users', { ...named('twice'), USERNAME: 'thrice' }), 400, 'invalidSyntax');
  });

  it('is 400 invalidValue for a missing required attribute, a wrong type or format, two primaries, a bad reference', async () => {
    const scim = await strict({}, acmeExtension);
    const emails = [
      { value: 'a@a.example', primary: true },
      { value: 'b@a.example', primary: true },
    ];
    const bodies: [object, string][] = [
      [{ schemas: [USER] }, 'userName'],
      [named(''), 'userName'],
      [named('a', { userName: 7 }), 'userName'],
      [named('a', { active: 'yes' }), 'active'],
      [named('a', { name: 'Ann' }), 'name'],
      [named('a', { title: ['T'] }), 'title'],
      [named('a', { emails: [{ value: 1 }] }), 'emails'],
      [named('a', { emails }), 'emails'],
      [named('a', { [ACME]: { hiredAt: '2026-03-01' } }), 'hiredAt'],
      [named('a', { [ACME]: { hiredAt: 'soon' } }), 'hiredAt'],
      [named('a', { [ACME]: { quota: 1.5 } }), 'quota'],
      [named('a', { [ACME]: { photoHash: '***' } }), 'photoHash'],
      [named('a', { [ENTERPRISE]: 'Sales' }), ENTERPRISE],
    ];
    for (const [body, name] of bodies) {
      const answer = await scim.request('POST', '/Users', JSON.stringify(body));
      expect([name, expectScimError(answer, 400, 'invalidValue')]).toEqual([name, expect.stringContaining(name)]);
    }
    expectScimError(await scim.post('/Groups', { schemas: [GROUP] }), 400, 'invalidValue');
    const group = { schemas: [GROUP], displayName: 'G', members: [{ value: ABSENT }] };
    expect(expectScimError(await scim.post('/Groups', group), 400, 'invalidValue')).toContain(ABSENT);
    expect(valueAt((await scim.get('/Users')).body, '$.totalResults')).toBe(0);
    expect(valueAt((await scim.get('/Groups')).body, '$.totalResults')).toBe(0);
  });

  it('is 409 uniqueness on POST, PUT and PATCH (RFC 7644 §3.3)', async () => {
    const scim = await strict({}, acmeExtension);
    await scim.user({ userName: 'held', [ACME]: { badge: 'b-1' } });
    const id = await scim.user({ userName: 'free' });
    expectScimError(await scim.post('/Users', named('HELD')), 409, 'uniqueness');
    expectScimError(await scim.put(`/Users/${id}`, named('held')), 409, 'uniqueness');
    expectScimError(
      await scim.patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'held' }),
      409,
      'uniqueness',
    );
    const badge = await scim.patch(`/Users/${id}`, { op: 'add', path: `${ACME}:badge`, value: 'b-1' });
    expect(expectScimError(badge, 409, 'uniqueness')).toContain('badge');
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.userName')).toBe('free');
  });

  it('is none for a readOnly attribute in POST and PUT, which is ignored (RFC 7644 §3.3, §3.5.1)', async () => {
    const scim = await strict({}, acmeExtension);
    const body = named('ro', {
      id: 'mine',
      groups: [{ value: 'g' }],
      meta: { created: 'never' },
      [ACME]: { level: '9' },
    });
    const created = await scim.post('/Users', body);
    const id = textAt(created.body, '$.id');
    const put = await scim.put(`/Users/${id}`, body);
    for (const answer of [created, put]) {
      expect(Object.keys(answer.body ?? {}).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    }
    expect([created.status, put.status, id === 'mine']).toEqual([201, 200, false]);
  });

  it('is 400 mutability for readOnly and set immutable attributes in PATCH, a changed one in PUT, a removed required one', async () => {
    const scim = await strict({}, acmeExtension);
    const id = await scim.user({ userName: 'im', [ACME]: { badge: 'b-1' } });
    const path = `/Users/${id}`;
    const before = await scim.get(path);
    const operations = [
      { op: 'replace', path: 'id', value: ABSENT },
      { op: 'add', path: 'groups', value: [{ value: 'g' }] },
      { op: 'replace', path: 'meta.created', value: '2001-01-01T00:00:00Z' },
      { op: 'remove', path: 'meta' },
      { op: 'replace', path: `${ACME}:level`, value: '9' },
      { op: 'replace', path: `${ACME}:badge`, value: 'b-2' },
      { op: 'remove', path: `${ACME}:badge` },
      { op: 'remove', path: 'userName' },
      { op: 'replace', value: { id: ABSENT } },
    ];
    for (const operation of operations) expectScimError(await scim.patch(path, operation), 400, 'mutability');
    expectScimError(await scim.put(path, named('im', { [ACME]: { badge: 'b-2' } })), 400, 'mutability');
    expect((await scim.get(path)).body).toEqual(before.body);
  });

  it('is 400 invalidPath for a path that is malformed or leads to no attribute (RFC 7644 §3.5.2)', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user({ name: { familyName: 'F' } })}`;
    const paths = [
      'noSuch',
      'name.noSuch',
      'emails[type eq "work"',
      'emails[type eq "work"]value',
      'name[familyName eq "F"]',
      'urn:x:y',
      '.',
      'a b',
    ];
    for (const target of paths) {
      const answer = await scim.patch(path, { op: 'replace', path: target, value: 'x' });
      expect([target, expectScimError(answer, 400, 'invalidPath')]).toEqual([
        target,
        expect.stringMatching(/^Operations\[0\]/),
      ]);
    }
    expectScimError(await scim.patch(path, { op: 'replace', value: { noSuch: 1 } }), 400, 'invalidPath');
  });

  it('is 400 noTarget for a remove without path and a replace whose filter matches nothing (RFC 7644 §3.5.2.2, §3.5.2.3)', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user({ emails: [{ type: 'home', value: 'h@a.example' }] })}`;
    expectScimError(await scim.patch(path, { op: 'remove' }), 400, 'noTarget');
    const value = { type: 'work', value: 'w@a.example' };
    expectScimError(await scim.patch(path, { op: 'replace', path: 'emails[type eq "work"]', value }), 400, 'noTarget');
    expectScimError(
      await scim.patch(path, { op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }),
      400,
      'noTarget',
    );
    expectScimError(
      await scim.patch(path, { op: 'replace', path: 'ims[type eq "aim"].value', value: 'x' }),
      400,
      'noTarget',
    );
  });

  it('is 400 invalidFilter for a bad filter, an unknown operator or attribute, and an order that there is not (RFC 7644 §3.4.2.2)', async () => {
    const scim = await strict({}, acmeExtension);
    const filters = [
      'userName eq',
      'userName regex "m.*"',
      'noSuch eq "x"',
      'active gt true',
      `${ACME}:photoHash gt "AAAA"`,
    ];
    filters.push(
      'userName eq mira',
      "userName eq 'mira'",
      'name eq "Mira"',
      'emails[name.x eq 1]',
      '(userName pr',
      'not userName pr',
    );
    filters.push(
      'userName eq "a" and',
      'password eq "x"',
      `${ACME}:pin eq "1"`,
      'active eq "true"',
      'userName eq 5',
      'active co true',
    );
    filters.push(
      `${ACME}:quota co 1`,
      'meta.created eq "yesterday"',
      'userName eq "a" userName eq "b"',
      '[type eq "x"]',
      'emails[]',
    );
    for (const filter of filters) {
      expect([filter, expectScimError(await scim.find('/Users', filter), 400, 'invalidFilter')]).toEqual([
        filter,
        expect.any(String),
      ]);
    }
    expectScimError(await scim.get('/Users?filter='), 400, 'invalidFilter');
    expectScimError(await scim.find('/Users', `${'('.repeat(100)}userName pr${')'.repeat(100)}`), 400, 'invalidFilter');
    expectScimError(await scim.find('/Users', Array(200).fill('title pr').join(' or ')), 400, 'invalidFilter');
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'a b c' };
    expectScimError(await scim.post('/Users/.search', search), 400, 'invalidFilter');
    const id = await scim.user({ emails: [{ value: 'e@a.example' }] });
    const operation = { op: 'replace', path: 'emails[type zz "work"].value', value: 'x' };
    expectScimError(await scim.patch(`/Users/${id}`, operation), 400, 'invalidFilter');
  });

  it('is 400 invalidValue for bad paging, bad sorting and both projections (RFC 7644 §3.4.2, §3.9)', async () => {
    const scim = await strict();
    const queries = ['startIndex=one', 'startIndex=1.5', 'count=ten', 'count=', 'sortBy=noSuch', 'sortBy=name'];
    queries.push(
      'sortBy=userName&sortOrder=upwards',
      'attributes=userName&excludedAttributes=title',
      'startIndex=1&cursor=x',
    );
    for (const query of queries) {
      expect([query, expectScimError(await scim.get(`/Users?${query}`), 400, 'invalidValue')]).toEqual([
        query,
        expect.any(String),
      ]);
    }
    expectScimError(await scim.get('/Users?cursor=forged'), 400, 'invalidCursor');
  });

  it('is 415 for another Content-Type, and never 406 (RFC 7644 §3.1)', async () => {
    const scim = await strict();
    const bad = ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/scim+json-patch'];
    for (const type of bad) expectScimError(await scim.post('/Users', named('t'), { 'content-type': type }), 415);
    expectScimError(await scim.post('/Users', named('t'), { 'content-encoding': 'gzip' }), 415);
    expect((await scim.get('/Users', { accept: 'text/html' })).status).toBe(200);
  });

  it('is 412 when If-Match names another version (RFC 7644 §3.14)', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'versioned' });
    const path = `/Users/${id}`;
    const stale = { 'if-match': 'W/"999"' };
    const Operations = [{ op: 'add', path: 'title', value: 'T' }];
    expectScimError(await scim.put(path, named('versioned', { title: 'T' }), stale), 412);
    expectScimError(await scim.request('PATCH', path, { schemas: [PATCH_OP], Operations }, stale), 412);
    expectScimError(await scim.request('DELETE', path, undefined, stale), 412);
    expectScimError(await scim.put(`/Users/${ABSENT}`, named('nobody'), stale), 404);
    expect(valueAt((await scim.get(path)).body, '$.title')).toBeUndefined();
  });

  it('is 413 for a body or a bulk request that is too large, and says which limit (RFC 7644 §3.7.4)', async () => {
    const scim = await strict();
    const large = await scim.post('/Users', `{"x":"${'x'.repeat(11 * 1024 * 1024)}"}`);
    expect(expectScimError(large, 413)).toContain('maxPayloadSize');
    const Operations = Array.from({ length: 1001 }, () => ({ method: 'DELETE', path: `/Users/${ABSENT}` }));
    const many = await scim.post('/Bulk', { schemas: [BULK], Operations });
    expect(expectScimError(many, 413)).toMatch(/maxOperations.*1000/);
  });

  it('is 429 with Retry-After above the rate that is set (RFC 6585 §4)', async () => {
    const scim = await strict({ rateLimit: 1 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => scim.get('/Users')));
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectScimError(answer, 429);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
  });

  it('is 403 while the identity server is switched off, and 400 invalidVers for another version (RFC 7644 §3.13)', async () => {
    const scim = await strict();
    const other = scimClient(scim.baseUrl.replace(/v2$/, 'v1'), scim.token);
    expectScimError(await other.get('/Users'), 400, 'invalidVers');
    await administer(running().admin, 'PATCH', `/identity-servers/${scim.slug}`, { active: false });
    expectScimError(await scim.get('/Users'), 403);
  });
});
