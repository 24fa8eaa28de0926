import type { JsonObject } from '@rollcall/scim';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENTERPRISE, GROUP, type ScimClient, scimClient, USER } from '../harness/scim-client.ts';
import { textAt } from '../harness/value-at.ts';
import type { TestTarget } from './target.ts';

const person = (name: string): JsonObject => ({
  schemas: [USER, ENTERPRISE],
  userName: `${name}@acme.example`,
  externalId: `id-${name}`,
  active: true,
  displayName: name,
  name: { givenName: name, familyName: 'Ortiz' },
  emails: [{ type: 'work', value: `${name}@mail.acme.example`, primary: true }],
  [ENTERPRISE]: { department: 'Ops' },
});

/** What every target must do for a client that keeps to RFC 7644, and that what it holds can be compared. */
export function describeTarget(title: string, start: () => Promise<TestTarget>): void {
  describe(`${title} as a target`, () => {
    let target: TestTarget;
    let client: ScimClient;
    beforeAll(async () => {
      target = await start();
      client = scimClient(target.url, target.token ?? 'none');
      return () => target.close();
    });

    it('creates, changes, groups, removes from a group, and deletes', async () => {
      const [kai, mia] = [await client.user(person('kai')), await client.user(person('mia'))];
      const team = await client.post('/Groups', { schemas: [GROUP], displayName: 'Finance', externalId: 'id-team' });
      const path = `/Groups/${textAt(team.body, '$.id')}`;
      const members = [{ value: kai }, { value: mia }];
      expect((await client.patch(path, { op: 'add', path: 'members', value: members })).status).toBeLessThan(300);
      const operations: JsonObject[] = [
        { op: 'replace', path: 'active', value: false },
        { op: 'add', path: 'title', value: 'Analyst' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'm@acme.example' },
        { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: kai } },
      ];
      expect((await client.patch(`/Users/${mia}`, ...operations)).status).toBeLessThan(300);
      expect(await target.users()).toEqual([
        {
          userName: 'kai@acme.example',
          externalId: 'id-kai',
          active: true,
          displayName: 'kai',
          givenName: 'kai',
          familyName: 'Ortiz',
          title: undefined,
          email: 'kai@mail.acme.example',
          department: 'Ops',
          manager: undefined,
        },
        expect.objectContaining({
          active: false,
          title: 'Analyst',
          email: 'm@acme.example',
          department: 'Ops',
          manager: 'kai@acme.example',
        }),
      ]);
      const finance = { displayName: 'Finance', externalId: 'id-team' };
      expect(await target.groups()).toEqual([{ ...finance, members: ['kai@acme.example', 'mia@acme.example'] }]);
      expect((await client.patch(path, { op: 'remove', path: `members[value eq "${kai}"]` })).status).toBeLessThan(300);
      expect(await target.groups()).toEqual([{ ...finance, members: ['mia@acme.example'] }]);
      expect((await client.post('/Users', person('mia'))).status).toBe(409);
      expect((await client.delete(path)).status).toBe(204);
      expect((await client.delete(`/Users/${mia}`)).status).toBe(204);
      expect((await client.get(`/Users/${mia}`)).status).toBe(404);
      expect((await target.users()).map(({ userName }) => userName)).toEqual(['kai@acme.example']);
      expect(await target.groups()).toEqual([]);
    });

    it('is read whole, over more than one page', async () => {
      for (let n = 0; n < 120; n++) await client.user(person(`p${n}`));
      expect((await target.users()).filter(({ userName }) => /^p\d/.test(userName))).toHaveLength(120);
    });
  });
}
