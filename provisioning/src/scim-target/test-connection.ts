import { randomUUID } from 'node:crypto';
import type { ObjectType } from '../source.ts';
import { type Call, type Exchange, TargetError } from '../target.ts';
import { AnsweredError, parseBody } from './answer-error.ts';
import { explain, type Finding } from './connection-fault.ts';
import { discover } from './discovery.ts';
import { searchQuery } from './find.ts';
import { type Learning, openLearning } from './learning.ts';
import type { ScimTargetOptions } from './options.ts';
import type { Profile } from './profile.ts';
import { openRequester, type Requester } from './requester.ts';
import { readList } from './resource.ts';
import { endpointOf } from './session.ts';
import { type ConnectionVerdict, capabilitiesOf } from './verdict.ts';

/** Milliseconds for the whole test. */
const LONGEST = 60_000;

/** The attributes that the mappings match on first. `group` undefined: groups are not provisioned. */
export interface MatchingPaths {
  readonly user: string;
  readonly group: string | undefined;
}

interface Test {
  readonly options: ScimTargetOptions;
  readonly send: Requester['send'];
  readonly learning: Learning;
  readonly exchanges: readonly Exchange[];
  readonly call: Call;
}

/**
 * Tries a connection by reading only: a search for a user (and a group) with a random value, then what the service
 * provider says of itself. Never rejects for what the service provider does.
 */
export async function testConnection(options: ScimTargetOptions, matching: MatchingPaths): Promise<ConnectionVerdict> {
  const exchanges: Exchange[] = [];
  const learning = openLearning(options.profile, undefined);
  const failed = ({ fault, message }: Finding): ConnectionVerdict => ({
    ok: false,
    fault,
    message,
    exchanges,
    capabilities: capabilitiesOf(learning.profile, matching),
    profile: null,
  });
  let requester: Requester;
  try {
    requester = openRequester(options);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return failed({ fault: 'url', message: `${error.message}.` });
  }
  const call: Call = {
    lane: 'leaver',
    signal: AbortSignal.timeout(LONGEST),
    record: (exchange) => exchanges.push(exchange),
  };
  const test: Test = { options, send: requester.send, learning, exchanges, call };
  try {
    const users = await probe(test, 'User', matching.user);
    if (users !== undefined) return failed(await diagnose(test, users));
    const groups = matching.group === undefined ? undefined : await probe(test, 'Group', matching.group);
    const isRefused = groups instanceof AnsweredError && (groups.status === 401 || groups.status === 403);
    if (isRefused) return failed(explain(groups, new URL(options.baseUrl), groups.from));
    if (groups !== undefined) learnNoGroups(learning, groups);
    await discover(requester.send, learning, call);
    return succeeded(test, matching, groups);
  } finally {
    await requester.close();
  }
}

/** Searches for a random value; undefined when that or a plain list was answered, else the error. */
async function probe(test: Test, type: ObjectType, path: string): Promise<unknown> {
  const { send, learning, call, options } = test;
  const query = searchQuery(type, path, randomUUID(), options.dialect);
  const learnFilter = (value: boolean, evidence: string) =>
    learning.learnFilter(type, path, { value, how: 'probed', evidence });
  try {
    const { resources } = readList(await send({ method: 'GET', path: endpointOf(type), query }, call));
    const isFair = resources.length === 0;
    learnFilter(
      isFair,
      isFair ? 'A search for a random value found nothing.' : 'A search for a random value found something.',
    );
  } catch (error) {
    const isRefused = error instanceof AnsweredError && error.isFromService && [400, 501].includes(error.status ?? 0);
    if (!isRefused) return error;
    const list = { method: 'GET', path: endpointOf(type), query: 'startIndex=1&count=1' } as const;
    const other = await send(list, call)
      .then(readList)
      .catch((cause: unknown) => ({ cause }));
    if ('cause' in other) return other.cause;
    learnFilter(false, `It refused a search by it (${error.message}).`);
  }
  if (type === 'Group') learning.learn('groups', { value: true, how: 'probed', evidence: '/Groups answered a list.' });
  return undefined;
}

async function diagnose(test: Test, error: unknown): Promise<Finding> {
  const { options, exchanges } = test;
  const base = new URL(options.baseUrl);
  // The token endpoint may well be elsewhere.
  const last = exchanges.findLast(({ method }) => method === 'GET');
  const finding = explain(error, base, last === undefined ? undefined : new URL(last.url));
  if (speaksFirstVersion(last)) {
    return {
      fault: 'dialect',
      message: 'It speaks SCIM 1.1, which is another protocol. Ask its maker for the URL of SCIM 2.0.',
    };
  }
  if (finding.fault !== 'url' || !(error instanceof TargetError) || error.status === undefined) return finding;
  const better = await answeringBase(test, base);
  return better === undefined
    ? finding
    : { fault: 'url', message: `There is no SCIM API at ${base.href}, but at ${better}. Enter that.` };
}

/** A URL near the one that was entered, of the same origin, that answers a search. */
async function answeringBase({ options, call }: Test, base: URL): Promise<string | undefined> {
  const folder = base.pathname.replace(/\/+$/, '');
  const up = folder.replace(/\/[^/]*$/, '');
  const bare = folder.replace(/\/(Users|Groups|Schemas|ResourceTypes|ServiceProviderConfig|Me)$/i, '');
  const candidates = new Set([
    bare,
    up,
    `${folder}/v2`,
    `${folder}/scim/v2`,
    `${folder}/scim`,
    `${folder}/api/scim/v2`,
  ]);
  candidates.delete(folder);
  for (const path of candidates) {
    const url = new URL(base);
    url.pathname = path;
    const requester = openRequester({ ...options, now: () => options.now(), baseUrl: url.href });
    const query = searchQuery('User', 'userName', randomUUID(), options.dialect);
    const answers = await requester
      .send({ method: 'GET', path: '/Users', query }, call)
      .then(readList)
      .then(() => true)
      .catch(() => false);
    await requester.close();
    if (answers) return url.href;
  }
  return undefined;
}

const speaksFirstVersion = (exchange: Exchange | undefined): boolean => {
  const body = JSON.stringify(parseBody(exchange?.responseBody ?? '') ?? '');
  return /urn:scim:schemas:(core|extension)[:\w]*:1\.0/.test(body);
};

function learnNoGroups(learning: Learning, error: unknown): void {
  const said = error instanceof Error ? error.message : String(error);
  learning.learn('groups', { value: false, how: 'probed', evidence: `/Groups did not answer a list (${said}).` });
}

function succeeded({ learning, exchanges }: Test, matching: MatchingPaths, groups: unknown): ConnectionVerdict {
  const profile: Profile = learning.profile;
  const unsearchable = profile.filters.filter(({ value }) => !value).map(({ path }) => path);
  const said = groups instanceof Error ? groups.message : '';
  const message = [
    'It answers as a SCIM 2.0 service provider.',
    groups === undefined ? '' : `It has no groups (${said}): disable the mapping of groups.`,
    unsearchable.length === 0
      ? ''
      : `It cannot search by ${unsearchable.join(' and ')}: all of its objects are read instead, which takes longer.`,
  ];
  return {
    ok: true,
    fault: null,
    message: message.filter((sentence) => sentence !== '').join(' '),
    exchanges,
    capabilities: capabilitiesOf(profile, matching),
    profile,
  };
}
