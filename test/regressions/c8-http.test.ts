import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { PATCH_OP, USER } from '../harness/scim-client.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';

const { tolerant, strict } = oneServer();
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const SCIM_JSON = 'application/scim+json';
let made = 0;
const person = () => ({ schemas: [USER], userName: `http-${++made}` });

describe('HTTP, media types, errors and discovery in the field', () => {
  // medplum/medplum#4143, better-auth/better-auth#6365, MicrosoftDocs/azure-docs#12728
  it('C-27 reads a body whose media type has a charset (RFC 7644 §3.1)', async () => {
    const scim = await strict();
    for (const type of [
      `${SCIM_JSON}; charset=utf-8`,
      `${SCIM_JSON};charset=UTF-8`,
      'application/json; charset=utf-8',
    ]) {
      const body = person();
      const answer = await scim.post('/Users', body, { 'content-type': type });
      expect(answer).toMatchObject({ status: 201, body: { userName: body.userName } });
    }
  });

  // scimmyjs/scimmy-routers#22, indigo-iam/iam#1285, ssoready/dummyidp#17
  it('C-91 takes application/json, and a JSON body without any media type', async () => {
    const scim = await strict();
    for (const type of ['application/json', 'Application/JSON', undefined]) {
      const answer = await scim.post('/Users', person(), { 'content-type': type });
      expect([type, answer.status]).toEqual([type, 201]);
    }
  });

  // wso2/product-is#3374
  it('C-92 answers every Accept', async () => {
    const scim = await strict();
    const accepts = [
      SCIM_JSON,
      'application/json',
      '*/*',
      'application/*',
      'application/json, text/plain, */*',
      'text/html',
    ];
    for (const accept of [...accepts, undefined]) {
      const answer = await scim.get('/Users', { accept });
      expect([accept, answer.status, answer.headers['content-type']]).toEqual([accept, 200, SCIM_JSON]);
    }
  });

  // MicrosoftDocs/azure-docs#116775 and #104859
  it('C-93 answers as application/scim+json, without a parameter (RFC 7644 §8.1)', async () => {
    const scim = await tolerant();
    const created = await scim.post('/Users', person());
    const path = `/Users/${textAt(created.body, '$.id')}`;
    const answers = [
      created,
      await scim.get(path),
      await scim.get('/Users'),
      await scim.patch(path, { op: 'add', path: 'title', value: 'T' }),
      await scim.put(path, person()),
      await scim.get('/Schemas'),
      await scim.get('/ResourceTypes'),
      await scim.get('/ServiceProviderConfig'),
      await scim.get('/Users/none'),
      await scim.post('/Users/.search', { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] }),
    ];
    expect(answers.map((answer) => answer.headers['content-type'])).toEqual(answers.map(() => SCIM_JSON));
  });

  // pingidentity/scim2#131
  it('C-94 has PATCH for both media types', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user()}`;
    for (const type of [SCIM_JSON, 'application/json']) {
      const body = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: type }] };
      const answer = await scim.request('PATCH', path, body, { 'content-type': type });
      expect(answer).toMatchObject({ status: 200, body: { title: type } });
    }
  });

  // Metatavu/keycloak-scim-server#101 and #114
  it('C-95 has a SCIM error body for every error', async () => {
    const scim = await tolerant();
    expectScimError(await scim.get('/Users', { authorization: undefined }), 401);
    expectScimError(await scim.get('/Users', { authorization: 'Bearer nonsense' }), 401);
    expectScimError(await scim.get('/NoSuchEndpoint'), 404);
    expectScimError(await scim.get('/Users/none/at/all'), 404);
    expectScimError(await scim.request('DELETE', '/Schemas'), 405);
    expectScimError(await scim.request('TRACE', '/Users'), 405);
    expectScimError(await scim.post('/Users', '{"userName":'), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Users', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415);
    expectScimError(await scim.post('/Users', `{"a":"${'x'.repeat(11 * 1024 * 1024)}"}`), 413);
  });

  // jelhub/scimgateway#17
  it('C-96 says 405 before it looks at a body', async () => {
    const scim = await tolerant();
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/Schemas/x']) {
      for (const body of ['', 'this is no JSON', '{}']) {
        const answer = await scim.post(path, body, { 'content-type': 'text/plain' });
        expectScimError(answer, 405);
        expect(answer.headers.allow).toBe('GET');
      }
    }
  });

  // goauthentik/authentik#25056
  it('C-65 sends every part of the ServiceProviderConfig, limits included (RFC 7643 §5)', async () => {
    const scim = await tolerant();
    const { body } = await scim.get('/ServiceProviderConfig');
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
      filter: { supported: true, maxResults: expect.any(Number) },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', name: expect.any(String), description: expect.any(String) }],
    });
    expect(valueAt(body, '$.bulk.maxOperations')).toBeGreaterThanOrEqual(1000);
  });

  // Infisical/infisical#6552
  it('C-97 has a ServiceProviderConfig, also for those who have not signed in', async () => {
    const scim = await tolerant();
    const signedIn = await scim.get('/ServiceProviderConfig');
    const anonymous = await scim.get('/ServiceProviderConfig', { authorization: undefined });
    expect([anonymous.status, anonymous.body]).toEqual([200, signedIn.body]);
  });

  // wso2/product-is#3947
  it('C-101 refuses a malformed bulk envelope as a whole, and answers each operation of a good one', async () => {
    const scim = await strict();
    const Operations = [{ method: 'POST', path: '/Users', bulkId: 'a', data: person() }];
    expectScimError(await scim.post('/Bulk', { Operations }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Bulk', { schemas: [BULK] }), 400, 'invalidSyntax');
    expectScimError(await scim.post('/Bulk', { schemas: [BULK], Operations: {} }), 400, 'invalidSyntax');
    const answer = await scim.post('/Bulk', {
      schemas: [BULK],
      Operations: [
        ...Operations,
        { method: 'DELETE', path: '/Users/none' },
        { method: 'POST', path: '/Users', bulkId: 'b' },
      ],
    });
    expect(answer.status).toBe(200);
    expect(objectsAt(answer.body, '$.Operations').map((operation) => operation.status)).toEqual(['201', '404', '400']);
    expect(valueAt(answer.body, '$.Operations[1].response.status')).toBe('404');
  });

  // wso2/product-is#3391
  it('C-102 does not stumble over e-mails that are plain strings', async () => {
    const scim = await tolerant();
    const straightened = await scim.post('/Users', { ...person(), emails: ['a@b.example'] });
    expect(straightened).toMatchObject({ status: 201, body: { emails: [{ value: 'a@b.example' }] } });
    const exact = await strict();
    const refused = await exact.post('/Users', { ...person(), emails: ['a@b.example'] });
    expect(expectScimError(refused, 400, 'invalidValue')).toContain('emails');
  });

  // goauthentik/authentik#12321, slashdevops/idp-scim-sync#30 and #98
  it('C-103 takes several attributes in one operation without a path (RFC 7644 §3.5.2.3)', async () => {
    const scim = await strict();
    const id = await scim.user();
    const value = {
      title: 'T',
      nickName: 'N',
      name: { givenName: 'G', familyName: 'F' },
      emails: [{ value: 'e@a.example' }],
    };
    const answer = await scim.patch(`/Users/${id}`, { op: 'replace', value });
    expect(answer).toMatchObject({ status: 200, body: value });
  });
});
