import type { Json } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../http/connect.fixture.ts';
import { BULK, GROUP, type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

const SIZE = 5000;

let server: RunningServer;
let scim: TestClient;
let ids: string[];
let group: string;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
  const jobs = Array.from({ length: SIZE / 1000 }, (_, job) => ({
    schemas: [BULK],
    Operations: Array.from({ length: 1000 }, (_, n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `u${n}`,
      data: { schemas: [USER], userName: `crowd-${job}-${n}` },
    })),
  }));
  ids = [];
  for (const job of jobs) {
    const { body } = await scim.send('POST', '/Bulk', job);
    ids.push(...listAt(body, 'Operations').map((operation) => textAt(operation, 'location').split('/').at(-1) ?? ''));
  }
  const members = ids.map((value, n) => ({ value, display: `Person ${n}` }));
  const created = await scim.send('POST', '/Groups', { schemas: [GROUP], displayName: 'Crowd', members });
  group = `/Groups/${textAt(created.body, 'id')}`;
}, 300_000);
afterAll(() => server.stop());

const valuesOf = (resource: Json | undefined) => listAt(resource, 'members').map((member) => textAt(member, 'value'));

describe('a group of 5,000 members', () => {
  it('goes out whole, each member once and with what was sent', async () => {
    const answer = await scim.send('GET', group);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/scim+json']);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    expect(answer.headers.etag).toBe(textAt(answer.body, 'meta', 'version'));
    expect(valuesOf(answer.body)).toEqual(ids);
    expect(listAt(answer.body, 'members')[4321]).toEqual({ value: ids[4321], display: 'Person 4321' });
  });

  it('goes out whole in a list, among others that are small', async () => {
    const own = [await scim.group('Before', ids.slice(0, 1)), await scim.group('After')];
    const { status, body } = await scim.send('GET', '/Groups');
    expect(status).toBe(200);
    const groups = listAt(body, 'Resources');
    expect(groups.map((each) => [textAt(each, 'displayName'), valuesOf(each).length])).toEqual([
      ['Crowd', SIZE],
      ['Before', 1],
      ['After', 0],
    ]);
    for (const id of own) await scim.send('DELETE', `/Groups/${id}`);
  });

  it('can be asked for parts of its members, or for none (RFC 7644 §3.9)', async () => {
    const values = await scim.send('GET', `${group}?attributes=members.value`);
    expect(listAt(values.body, 'members')).toEqual(ids.map((value) => ({ value })));
    expect(valueAt(values.body, 'displayName')).toBeUndefined();
    const without = await scim.send('GET', `${group}?excludedAttributes=members.display`);
    expect(listAt(without.body, 'members')[17]).toEqual({ value: ids[17] });
    const lean = await scim.send('GET', `${group}?excludedAttributes=members`);
    expect(Object.keys(Object(lean.body))).toEqual(['id', 'schemas', 'displayName', 'meta']);
    expect(lean.headers['content-length']).toBe(String(lean.text.length));
  });

  it('has the headers of GET for HEAD, and 304 for its ETag', async () => {
    const head = await scim.send('HEAD', group);
    expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', 'application/scim+json']);
    expect((await scim.send('GET', group, undefined, { 'if-none-match': head.headers.etag })).status).toBe(304);
  });
});

describe('a client that goes away in the middle of a long answer', () => {
  it('leaves the server healthy, and stands in the request log', async () => {
    for (let n = 0; n < 20; n++) {
      const connection = await connect(server.origin);
      const headers = `Host: x\r\nAuthorization: Bearer ${scim.token}`;
      connection.write(`GET ${scim.base}${group}?gone=${n} HTTP/1.1\r\n${headers}\r\n\r\n`);
      await connection.until('"members":[');
      connection.socket.resetAndDestroy();
    }
    expect(valuesOf((await scim.send('GET', group)).body)).toHaveLength(SIZE);
    const entries = (await scim.log()).filter(({ url }) => url.includes('?gone='));
    expect(entries.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await scim.user()).length).toBeGreaterThan(0);
  });
});
