import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { GROUP, type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
});
afterAll(() => server.stop());

const etagAt = async (path: string): Promise<string> => String((await scim.send('GET', path)).headers.etag);
const title = (value: string) => ({ op: 'replace', path: 'title', value });

describe('the version of a resource', () => {
  it('is the same in ETag and meta.version, on every answer, and moves with every change (RFC 7644 §3.14)', async () => {
    const user = { schemas: [USER], userName: 'versioned' };
    const created = await scim.send('POST', '/Users', user);
    const path = `/Users/${textAt(created.body, 'id')}`;
    const answers = [
      created,
      await scim.patch(path, title('1')),
      await scim.send('PUT', path, { ...user, title: '2' }),
      await scim.send('GET', path),
    ];
    for (const { headers, body } of answers) expect(headers.etag).toBe(textAt(body, 'meta', 'version'));
    const [first, second, third, read] = answers.map(({ headers }) => headers.etag);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(read).toBe(third);
  });

  it('stays, with lastModified, when a write changes nothing (RFC 7644 §3.5.2.1)', async () => {
    const user = {
      schemas: [USER],
      userName: 'unchanged',
      title: 'T',
      emails: [{ value: 'a@b.example', type: 'work' }],
    };
    const created = await scim.send('POST', '/Users', user);
    const path = `/Users/${textAt(created.body, 'id')}`;
    const group = `/Groups/${await scim.group('Unchanged', [textAt(created.body, 'id')])}`;
    const before = valueAt((await scim.send('GET', group)).body, 'meta');
    const member = { value: textAt(created.body, 'id') };
    for (const answer of [
      await scim.patch(path, title('T')),
      await scim.patch(path, { op: 'add', path: 'emails', value: user.emails }),
      await scim.send('PUT', path, user),
    ]) {
      expect([answer.status, valueAt(answer.body, 'meta')]).toEqual([200, valueAt(created.body, 'meta')]);
    }
    await scim.patch(group, { op: 'add', path: 'members', value: [member] });
    await scim.patch(group, { op: 'remove', path: 'members[value eq "nobody"]' });
    await scim.send('PUT', group, { schemas: [GROUP], displayName: 'Unchanged', members: [member] });
    expect(valueAt((await scim.send('GET', group)).body, 'meta')).toEqual(before);
  });
});

describe('If-Match', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])(
    'with an old version is 412 and changes nothing: %s (RFC 7644 §3.14)',
    async (method) => {
      const path = `/Users/${await scim.user({ userName: `stale-${method}` })}`;
      const old = await etagAt(path);
      await scim.patch(path, title('newer'));
      const bodies: Record<string, Parameters<TestClient['send']>[2]> = {
        PUT: { schemas: [USER], userName: 'overwritten' },
        PATCH: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [title('older')] },
      };
      const answer = await scim.send(method, path, bodies[method], { 'if-match': old });
      expect(expectError(answer, 412)).toContain(await etagAt(path));
      const { status, body } = await scim.send('GET', path);
      expect([status, valueAt(body, 'title')]).toEqual([200, 'newer']);
      const right = await scim.send(method, path, bodies[method], { 'if-match': await etagAt(path) });
      expect(right.status).toBe(method === 'DELETE' ? 204 : 200);
    },
  );

  it('on what is not there is 404, not 412', async () => {
    expectError(await scim.send('DELETE', '/Users/none', undefined, { 'if-match': '*' }), 404);
  });

  it('lets one of many win, whose versions were the same', async () => {
    const path = `/Users/${await scim.user()}`;
    const headers = { 'if-match': await etagAt(path) };
    const body = (value: string) => ({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [title(value)],
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => scim.send('PATCH', path, body(`winner ${n}`), headers)),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect([winners.length, answers.filter(({ status }) => status === 412).length]).toEqual([1, 19]);
    expect((await scim.send('GET', path)).body).toEqual(winners[0]?.body);
  });
});

describe('If-None-Match', () => {
  it('with the current version is 304 for a GET and 412 for a write (RFC 9110 §13.1.2)', async () => {
    const path = `/Users/${await scim.user()}`;
    const headers = { 'if-none-match': await etagAt(path) };
    expect((await scim.send('GET', path, undefined, headers)).status).toBe(304);
    expectError(await scim.send('DELETE', path, undefined, headers), 412);
    expectError(await scim.send('PUT', path, { schemas: [USER], userName: 'x' }, { 'if-none-match': '*' }), 412);
    expect((await scim.send('DELETE', path, undefined, { 'if-none-match': 'W/"0"' })).status).toBe(204);
  });
});
