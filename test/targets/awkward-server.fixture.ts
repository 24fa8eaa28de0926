import type { JsonObject } from '@rollcall/scim';
import { afterEach, beforeEach } from 'vitest';
import { GROUP, type ScimClient, scimClient, USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';
import { type AwkwardServer, startAwkward } from './awkward.ts';

export const MIA: JsonObject = {
  schemas: [USER],
  userName: 'Mia@acme.example',
  externalId: 'e-1',
  displayName: 'Mia Ortiz',
};
export const TEAM: JsonObject = { schemas: [GROUP], displayName: 'Finance', externalId: 'g-1' };

export const scimType = (answer: { body: unknown }) => (answer.body as JsonObject).scimType; // An error has such a body.
export const references = (ids: readonly string[]) => ids.map((value) => ({ value }));

/** Starts the awkward server anew for each test of the file that calls it. */
export function awkwardForEach() {
  let server: AwkwardServer;
  let client: ScimClient;
  beforeEach(async () => {
    server = await startAwkward({ token: 'secret' });
    client = scimClient(server.url, 'secret');
  });
  afterEach(() => server.close());
  return {
    get server() {
      return server;
    },
    /** In the place of one that a test has closed. */
    set server(next) {
      server = next;
    },
    get client() {
      return client;
    },
    addMia: (): string => server.add('Users', { userName: 'Mia@acme.example', externalId: 'e-1' }),
    addUsers: (count: number): string[] =>
      Array.from({ length: count }, (_, index) => server.add('Users', { userName: `u${index}` })),
    found: async (filter: string) => valueAt((await client.find('/Users', filter)).body, '$.totalResults'),
    memberIds: (): unknown => server.groups()[0]?.members,
  };
}
