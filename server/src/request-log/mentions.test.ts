import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mention, RequestLog } from './contract.ts';
import { logEntry } from './log-entry.fixture.ts';
import { temporaryLogPlace } from './log-place.fixture.ts';
import { mentionsIn } from './mentions-in.ts';
import { openRequestLog } from './request-log.ts';

const MIRA = '01900000-0000-7000-8000-00000000000a';
const SALES = '01900000-0000-7000-8000-00000000000b';
const id = (value: string): Mention => ({ kind: 'id', value });
const userName = (value: string): Mention => ({ kind: 'userName', value });
const nothing = { url: '/scim/entra/v2/Users', requestBody: null, responseBody: null };

describe('whom a request is about', () => {
  it('says its path, its body and the answer', () => {
    const request = { url: `/scim/entra/v2/Groups/${SALES}`, requestBody: `{"value":[{"value":"${MIRA}"}]}` };
    expect(mentionsIn(logEntry({ ...request, responseBody: null }))).toEqual([id(SALES), id(MIRA)]);
    expect(mentionsIn(logEntry({ ...nothing, responseBody: `{"id":"${MIRA}"}` }))).toEqual([id(MIRA)]);
  });

  it('says the user name that a filter looks for, in the URL or in a search request', () => {
    const query = `?filter=${encodeURIComponent('userName eq "mira@example.org"')}&attributes=id`;
    expect(mentionsIn(logEntry({ ...nothing, url: nothing.url + query }))).toEqual([userName('mira@example.org')]);
    const filter = { filter: 'active eq true and username eq "Mira"' };
    expect(mentionsIn(logEntry({ ...nothing, requestBody: JSON.stringify(filter) }))).toEqual([userName('Mira')]);
  });

  it('says the user name of somebody who was refused', () => {
    expect(mentionsIn(logEntry({ ...nothing, requestBody: '{"userName" : "mira"}' }))).toEqual([userName('mira')]);
  });

  it('is anybody for a URL that cannot be decoded', () => {
    expect(mentionsIn(logEntry({ ...nothing, url: '/scim/entra/v2/Users?filter=%ZZ' }))).toEqual([]);
  });
});

describe('the requests about somebody', () => {
  let discard: () => unknown;
  let log: RequestLog;
  beforeEach(async () => {
    const temporary = await temporaryLogPlace();
    discard = temporary.discard;
    log = await openRequestLog(temporary.place, {
      retention: { maxAgeMs: 86_400_000, maxRows: 100_000, maxBytes: 1024 ** 3 },
      bodyBytes: 1000,
    });
  });
  afterEach(async () => {
    await log.close();
    await discard();
  });

  const about = async (of: readonly Mention[], more = {}) =>
    (await log.about({ server: 1, of, limit: 10, ...more })).map(({ n }) => n);

  it('are found by id or user name in any case, newest first, and no other identity server’s', async () => {
    const at = Date.now();
    log.record(logEntry({ at, ...nothing, requestBody: '{"userName":"Mira"}' }));
    log.record(logEntry({ at, ...nothing, url: `/scim/entra/v2/Users/${MIRA}` }));
    log.record(logEntry({ at, ...nothing, url: `/scim/entra/v2/Groups/${SALES}` }));
    log.record(logEntry({ at, ...nothing, url: `/scim/okta/v2/Users/${MIRA}`, server: 2 }));
    expect(await about([id(MIRA), userName('mira')])).toEqual([2, 1]);
    expect(await about([id(MIRA), userName('mira')], { limit: 1 })).toEqual([2]);
    expect(await about([id(MIRA), userName('mira')], { before: 2 })).toEqual([1]);
    expect(await about([id(MIRA.toUpperCase())], { server: 2 })).toEqual([4]);
    expect((await log.about({ server: 1, of: [userName('mira')], limit: 10 }))[0]).toMatchObject({
      requestBody: null,
      requestBodyBytes: 19,
    });
  });

  it('go with their entries', async () => {
    log.record(logEntry({ at: Date.now(), ...nothing, url: `/scim/entra/v2/Users/${MIRA}` }));
    expect(await log.clear(1)).toBe(1);
    expect(await about([id(MIRA)])).toEqual([]);
    expect(await log.lastAt(1)).toBeGreaterThan(0);
    expect(await log.lastAt(2)).toBeNull();
  });
});
