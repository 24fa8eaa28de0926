import { readFile } from 'node:fs/promises';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Config } from '../../config.ts';
import type { Flow } from './flow.ts';

const TIMEOUT_SECONDS = 10;

/** Who an OpenID provider says has signed in. */
export interface Identity {
  readonly issuer: string;
  /** Never changes, and is given to nobody else (OpenID Connect Core 1.0 §2). */
  readonly subject: string;
  /** What they may be called, the best first; the subject is the last. */
  readonly names: readonly string[];
  readonly groups: readonly string[];
}

/** An OpenID provider. Every method throws what openid-client throws; nothing in it is for strangers. */
export interface OidcProvider {
  /** Where the browser goes to sign in, and what must come back from there. */
  begin(redirectUri: string): Promise<{ url: URL; checks: Pick<Flow, 'state' | 'nonce' | 'verifier'> }>;
  /** Who has signed in, by the URL that the browser came back with. */
  finish(url: URL, checks: Pick<Flow, 'state' | 'nonce' | 'verifier'>): Promise<Identity>;
}

/** The configured provider; it is asked what it can do at the first sign-in, so that Rollcall starts without it. */
export function openOidcProvider(config: Config): OidcProvider | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcScope: scope, oidcGroupsClaim: claim } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  let known: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> => {
    known ??= discover(issuer, clientId, config.oidcClientSecretFile).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  return {
    async begin(redirectUri) {
      const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      });
      return { url, checks };
    },
    async finish(url, { state, nonce, verifier }) {
      const provider = await configuration();
      const tokens = await authorizationCodeGrant(provider, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('The OpenID provider sent no ID token');
      const { userinfo_endpoint: endpoint } = provider.serverMetadata();
      // Some send groups and names in the ID token, some only where they are asked for.
      const isWhole = groupsOf(claims, claim) !== undefined && namesOf(claims).length > 0;
      const more =
        isWhole || endpoint === undefined ? {} : await fetchUserInfo(provider, tokens.access_token, claims.sub);
      const all = { ...more, ...claims };
      return {
        issuer: claims.iss,
        subject: claims.sub,
        names: [...namesOf(all), claims.sub],
        groups: groupsOf(all, claim) ?? [],
      };
    },
  };
}

async function discover(issuer: string, clientId: string, secretFile: string | undefined): Promise<Configuration> {
  const secret = secretFile === undefined ? undefined : (await readFile(secretFile, 'utf8')).trim();
  const url = new URL(issuer);
  // The configuration takes plain HTTP for loopback addresses alone.
  const insecure = url.protocol === 'http:' ? [allowInsecureRequests] : [];
  return discovery(url, clientId, undefined, secret === undefined ? None() : withSecret(secret), {
    timeout: TIMEOUT_SECONDS,
    // Beside TLS, which is all that the code flow asks for: a signature that is wrong is refused.
    execute: [...insecure, enableNonRepudiationChecks],
  });
}

/** As the provider wants it; where it says nothing, Basic (OpenID Connect Discovery 1.0 §3). */
function withSecret(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const use = methods.includes('client_secret_basic') ? basic : post;
    use(server, client, body, headers);
  };
}

type Claims = Readonly<Record<string, unknown>>;

const namesOf = (claims: Claims): string[] =>
  [claims.preferred_username, claims.email, claims.name].filter(
    (name): name is string => typeof name === 'string' && name.trim() !== '',
  );

/** Undefined when the claim is not there; `realm_access.roles` is the member of an object. */
function groupsOf(claims: Claims, claim: string): string[] | undefined {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : memberOf(claims, claim.split('.'));
  if (value === undefined || value === null) return undefined;
  return [value].flat().filter((group): group is string => typeof group === 'string');
}

function memberOf(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return memberOf(new Map(Object.entries(value)).get(name), rest);
}
