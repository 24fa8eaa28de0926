import { globSync, readFileSync } from 'node:fs';
import { type Admin, administer } from '../harness/admin.ts';
import { type ScimClient, scimClient } from '../harness/scim-client.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';
import { fill } from '../recordings/fill.ts';
import { readRecording } from '../recordings/recording.ts';
import { addIdentityServer, addToken } from './targets.ts';

const RECORDINGS = new URL('../recordings/', import.meta.url);
const CLIENTS = ['entra/{test-connection,user-lifecycle,disable-and-enable,group,manager}.json', 'okta/*.json'];

/** Adds "Entra" and sends it what identity providers send, and what it has to refuse. */
export async function sendTraffic(admin: Admin, origin: string): Promise<void> {
  const slug = await addIdentityServer(admin, { name: 'Entra', slug: 'entra', default: true });
  const client = scimClient(`${origin}/scim/${slug}/v2`, await addToken(admin, slug, 'Entra'));
  for (const file of globSync(CLIENTS, { cwd: RECORDINGS }).toSorted()) await play(client, file);
  await sendWhatIsRefused(client, await expiredToken(admin, origin, slug));
}

/** Sends the requests of a recording; what is answered is no matter here, as it was tested there. */
async function play(client: ScimClient, file: string): Promise<void> {
  const { headers, steps } = readRecording(readFileSync(new URL(file, RECORDINGS), 'utf8'));
  const known = new Map([['baseUrl', client.baseUrl]]);
  for (const step of steps) {
    const { method, path, body, headers: own } = fill(step, known);
    const answer = await client.request(method, path, body, { ...headers, ...own });
    for (const [name, at] of Object.entries(step.save ?? {})) {
      const value = valueAt(answer.body, at);
      if (typeof value === 'string') known.set(name, value);
    }
  }
}

async function sendWhatIsRefused(client: ScimClient, expired: string): Promise<void> {
  await client.get('/Users?filter=userName%20is%20%22mia%22');
  await client.get('/Users/00000000-0000-0000-0000-000000000000');
  await client.post('/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], displayName: 'No user name' });
  await client.post('/Users', '{"userName": ');
  await scimClient(client.baseUrl, 'not-a-token').get('/Users');
  await scimClient(client.baseUrl, expired).get('/ServiceProviderConfig');
}

/** No token lives less than a minute; one that is rotated without overlap ends at once. Another ends in a minute. */
async function expiredToken(admin: Admin, origin: string, slug: string): Promise<string> {
  const token = await addToken(admin, slug, 'Entra, old');
  const { body } = await administer(admin, 'GET', `/identity-servers/${slug}/tokens`);
  const old = objectsAt(body, '$.tokens').find(({ name }) => name === 'Entra, old');
  await administer(admin, 'POST', `/tokens/${textAt(old, '$.id')}/rotate`, { overlap: '0s', name: 'Entra, rotated' });
  const trial = await addToken(admin, slug, 'Trial', '1m');
  await scimClient(`${origin}/scim/${slug}/v2`, trial).get('/ServiceProviderConfig');
  return token;
}
