import type { Json } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { oneServer } from '../harness/one-server.ts';
import { GROUP, USER } from '../harness/scim-client.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';

const PUBLIC = 'https://scim.example.org';
const { tolerant } = oneServer({ publicUrl: `${PUBLIC}/` });

const location = (body: Json | undefined) => valueAt(body, '$.meta.location');

describe('locations in the field', () => {
  // jelhub/scimgateway#110, elimity-com/scim#172, scimmyjs/scimmy-routers#19, Captain-P-Goldfish/SCIM-SDK#797
  it('C-98 makes absolute locations from the configured public address', async () => {
    const scim = await tolerant();
    const base = `${PUBLIC}/scim/${scim.slug}/v2`;
    const created = await scim.post('/Users', { schemas: [USER], userName: 'located' });
    const id = textAt(created.body, '$.id');
    expect([location(created.body), created.headers.location]).toEqual([`${base}/Users/${id}`, `${base}/Users/${id}`]);
    expect(location(valueAt((await scim.get('/Users')).body, '$.Resources[0]'))).toBe(`${base}/Users/${id}`);
    expect(location((await scim.get('/ServiceProviderConfig')).body)).toBe(`${base}/ServiceProviderConfig`);
  });

  // NorthlandPositronics/Cogtrix#298 and #360
  it('C-99 takes no location from the Host header or from a proxy that is not trusted', async () => {
    const scim = await tolerant();
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const created = await scim.post('/Users', { schemas: [USER], userName: 'forged' }, forged);
    expect(created.status).toBe(201);
    const listed = await scim.get('/Users', forged);
    for (const answer of [created, listed]) {
      expect(answer.text + JSON.stringify(answer.headers)).not.toContain('evil.example');
      expect(answer.text).toContain(`"${PUBLIC}/scim/`);
    }
  });

  // wso2/product-is#7317, #6621 and #5328, FusionAuth/fusionauth-issues#2793, BetterCloud/scim2#10
  it('C-100 builds the header, meta.location and $ref by one rule, with the identity server and without doubled slashes', async () => {
    const scim = await tolerant();
    const base = `${PUBLIC}/scim/${scim.slug}/v2`;
    const user = await scim.post('//Users/', { schemas: [USER], userName: 'ref' });
    const id = textAt(user.body, '$.id');
    const group = await scim.post('/Groups', { schemas: [GROUP], displayName: 'G', members: [{ value: id }] });
    const path = `/Users/${id}`;
    const answers = [
      user,
      await scim.get(path),
      await scim.put(path, { schemas: [USER], userName: 'ref', title: 'T' }),
      await scim.patch(path, { op: 'replace', path: 'title', value: 'U' }),
    ];
    for (const answer of answers) {
      expect([answer.headers.location, location(answer.body)]).toEqual([base + path, base + path]);
    }
    const [membership] = objectsAt((await scim.get(path)).body, '$.groups');
    expect(membership?.$ref).toBe(location(group.body));
    for (const endpoint of ['/Schemas', '/ResourceTypes']) {
      const { body } = await scim.get(endpoint);
      const all = objectsAt(body, '$.Resources').map((resource) => [
        location(resource),
        `${base}${endpoint}/${resource.id}`,
      ]);
      expect(all.length).toBeGreaterThan(1);
      for (const [actual, expected] of all) expect(actual).toBe(expected);
    }
  });
});
