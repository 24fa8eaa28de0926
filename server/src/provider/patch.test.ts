import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer, type TestClient } from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.stop());

const rename = (displayName: string) => ({ op: 'replace', path: 'displayName', value: displayName });

async function groupOf(scim: TestClient, size: number): Promise<string> {
  const members = await Promise.all(Array.from({ length: size }, () => scim.user()));
  return `/Groups/${await scim.group(`Of ${size}`, members)}`;
}

describe('the answer to a PATCH of a group', () => {
  it('is, by default, 200 with the group up to 100 members, and 204 with ETag and Location beyond (RFC 7644 §3.5.2)', async () => {
    const scim = await server.identityServer();
    const hundred = await groupOf(scim, 100);
    const answer = await scim.patch(hundred, rename('Hundred'));
    expect([answer.status, listAt(answer.body, 'members').length]).toEqual([200, 100]);

    const grown = await scim.patch(hundred, { op: 'add', path: 'members', value: [{ value: await scim.user() }] });
    expect([grown.status, grown.text]).toEqual([204, '']);
    const read = await scim.send('GET', hundred);
    expect(listAt(read.body, 'members')).toHaveLength(101);
    expect([grown.headers.etag, grown.headers.location]).toEqual([read.headers.etag, read.headers.location]);

    const [member] = listAt(read.body, 'members');
    const shrunk = await scim.patch(hundred, { op: 'remove', path: `members[value eq "${textAt(member, 'value')}"]` });
    expect([shrunk.status, listAt(shrunk.body, 'members').length]).toEqual([200, 100]);
  });

  it('is 200 with what was asked for, whatever the size, when attributes or excludedAttributes is given (RFC 7644 §3.9)', async () => {
    const scim = await server.identityServer();
    const path = await groupOf(scim, 101);
    const named = await scim.patch(`${path}?attributes=displayName`, rename('A'));
    expect([named.status, valueAt(named.body, 'displayName'), valueAt(named.body, 'members')]).toEqual([
      200,
      'A',
      undefined,
    ]);
    const without = await scim.patch(`${path}?excludedAttributes=members`, rename('B'));
    expect([without.status, valueAt(without.body, 'members')]).toEqual([200, undefined]);
    const whole = await scim.patch(`${path}?attributes=members`, rename('C'));
    expect([whole.status, listAt(whole.body, 'members').length]).toEqual([200, 101]);
    expect((await scim.patch(`${path}?attributes=`, rename('D'))).status).toBe(204);
  });

  it('is always 200, or always 204, where the setting says so', async () => {
    const scim = await server.identityServer({ groupPatchAnswer: '200' });
    const path = await groupOf(scim, 101);
    const answer = await scim.patch(path, rename('E'));
    expect([answer.status, listAt(answer.body, 'members').length]).toEqual([200, 101]);
    await server.admin('PATCH', `/identity-servers/${scim.slug}`, { groupPatchAnswer: '204' });
    const small = `/Groups/${await scim.group('Small')}`;
    const quiet = await scim.patch(small, rename('F'));
    expect([quiet.status, quiet.text]).toEqual([204, '']);
    const asked = await scim.patch(`${small}?attributes=displayName`, rename('G'));
    expect([asked.status, valueAt(asked.body, 'displayName')]).toEqual([200, 'G']);
  });

  it('is 200 for users, whatever the setting', async () => {
    const scim = await server.identityServer({ groupPatchAnswer: '204' });
    const answer = await scim.patch(`/Users/${await scim.user()}`, rename('Zoë'));
    expect([answer.status, valueAt(answer.body, 'displayName')]).toEqual([200, 'Zoë']);
  });
});

describe('a PATCH that fails', () => {
  it('leaves everything as it was, members included (RFC 7644 §3.5.2)', async () => {
    const scim = await server.identityServer({ compatibility: 'strict' });
    const path = await groupOf(scim, 2);
    const before = await scim.send('GET', path);
    const value = [{ value: await scim.user() }];
    for (const last of [
      { op: 'replace', path: 'noSuchAttribute', value: 'x' },
      { op: 'replace', path: 'displayName', value: 7 },
      { op: 'add', path: 'members', value: [{ value: 'no such id' }] },
      { op: 'remove', path: 'displayName' },
    ]) {
      const answer = await scim.patch(path, { op: 'add', path: 'members', value }, rename('Changed'), last);
      expect([last, answer.status]).toEqual([last, 400]);
    }
    const after = await scim.send('GET', path);
    expect([after.body, after.headers.etag]).toEqual([before.body, before.headers.etag]);
  });
});
