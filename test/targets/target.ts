import { type AwkwardOptions, type AwkwardServer, startAwkward } from './awkward.ts';
import { type ComparableGroup, type ComparableUser, comparableGroups, comparableUsers } from './comparable.ts';
import { type Complex, isComplex } from './protocol/value.ts';
import { startScim2Server } from './scim2-server.ts';
import { startScimmy } from './scimmy.ts';

/** A SCIM server to provision, of whatever make, and what it holds at the moment. */
export interface TestTarget {
  /** For titles of tests. */
  readonly name: string;
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Bearer token; undefined where none is asked for. */
  readonly token: string | undefined;
  users(): Promise<ComparableUser[]>;
  groups(): Promise<ComparableGroup[]>;
  close(): Promise<void>;
}

/** The awkward server; `server` is for its switches and its log. What it holds is read from its inside. */
export interface AwkwardTarget extends TestTarget {
  readonly server: AwkwardServer;
}

const PAGE = 100;

export async function awkwardTarget(options?: AwkwardOptions): Promise<AwkwardTarget> {
  const server = await startAwkward(options);
  return { name: 'awkward', server, ...fromInside(server), token: server.token };
}

/** SCIMMY of npm. What it holds is read from its inside. */
export async function scimmyTarget(): Promise<TestTarget> {
  return { name: 'scimmy', token: undefined, ...fromInside(await startScimmy()) };
}

/** scim2-server of PyPI, read over HTTP; undefined where PyPI cannot be reached. */
export async function scim2ServerTarget(): Promise<TestTarget | undefined> {
  const server = await startScim2Server();
  return server === undefined ? undefined : readOverHttp('scim2-server', server);
}

/** Any SCIM server, such as another Rollcall; all is read over HTTP, a page at a time. */
export function readOverHttp(
  name: string,
  { url, token, close }: { readonly url: string; readonly token: string | undefined; close(): Promise<void> },
): TestTarget {
  const users = (): Promise<Complex[]> => readAll(`${url}/Users`, token);
  return {
    name,
    url,
    token,
    users: async () => comparableUsers(await users()),
    groups: async () => comparableGroups(await readAll(`${url}/Groups`, token), await users()),
    close,
  };
}

function fromInside(server: {
  readonly url: string;
  users(): Complex[];
  groups(): Complex[];
  close(): Promise<void>;
}): Pick<TestTarget, 'url' | 'users' | 'groups' | 'close'> {
  return {
    url: server.url,
    users: async () => comparableUsers(server.users()),
    groups: async () => comparableGroups(server.groups(), server.users()),
    close: () => server.close(),
  };
}

async function readAll(endpoint: string, token: string | undefined): Promise<Complex[]> {
  const all: Complex[] = [];
  for (let total = 1; all.length < total; ) {
    const answer = await fetch(`${endpoint}?startIndex=${all.length + 1}&count=${PAGE}`, {
      headers: {
        accept: 'application/scim+json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    // A ListResponse; a server that answers anything else fails at the next two lines.
    const page = (await answer.json()) as { readonly totalResults: number; readonly Resources?: readonly Complex[] };
    if (!answer.ok || !Number.isInteger(page.totalResults)) throw new Error(`${endpoint}: ${answer.status}`);
    total = page.totalResults;
    const found = (page.Resources ?? []).filter(isComplex);
    if (found.length === 0) break;
    all.push(...found);
  }
  return all;
}
