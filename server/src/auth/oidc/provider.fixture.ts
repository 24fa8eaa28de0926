import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import Provider from 'oidc-provider';

/** A real OpenID provider on loopback, at which one person signs in without being asked. */
export interface TestProvider {
  readonly issuer: string;
  /** Who signs in next, and in which groups; undefined refuses to. */
  person: { sub: string; preferred_username?: string; groups?: string[] } | undefined;
  /** Begins; the address of Rollcall is known only when it is there. */
  serve(redirectUri: string, options?: { readonly inIdToken?: boolean }): void;
  close(): Promise<void>;
}

export const CLIENT = { id: 'rollcall', secret: 'a secret & of: the client' } as const;
const SCOPE = 'openid profile groups';

export async function openTestProvider(): Promise<TestProvider> {
  let answer: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const issuer = `http://127.0.0.1:${port}`;
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const opened: TestProvider = {
    issuer,
    person: undefined,
    serve(redirectUri, { inIdToken = false } = {}) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
        scopes: ['openid', 'profile', 'groups'],
        conformIdTokenClaims: !inIdToken,
        cookies: { keys: ['test'] },
        features: { devInteractions: { enabled: false } },
        jwks: { keys: [key] },
        ttl: { AccessToken: 600, AuthorizationCode: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        pkce: { required: () => true },
        findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...opened.person, sub }) }),
        interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
        // Without a screen that asks whether Rollcall may know it.
        async loadExistingGrant({ oidc: { client, session } }) {
          const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
          grant.addOIDCScope(SCOPE);
          await grant.save();
          return grant;
        },
      });
      const callback = provider.callback();
      answer = (request, response) => {
        if (request.url?.startsWith('/interaction/') !== true) return callback(request, response);
        const { person } = opened;
        const refused = { error: 'access_denied', error_description: 'No.' };
        const outcome = person === undefined ? refused : { login: { accountId: person.sub, remember: false } };
        return provider.interactionFinished(request, response, outcome, { mergeWithLastSubmission: false });
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return opened;
}
