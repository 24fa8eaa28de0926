import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, readLogSearch, shortUrl } from './log-search.ts';

describe('the address of the request log', () => {
  it('keeps what the API understands, in its spelling', () => {
    const raw = { method: 'post', status: 404, path: 'Users', search: 12, since: '1h', entry: '4711' };
    expect(readLogSearch(raw)).toEqual({
      method: 'POST',
      status: 404,
      path: 'Users',
      search: '12',
      since: '1h',
      entry: 4711,
    });
    expect(readLogSearch({ status: '4XX' })).toEqual({ status: '4xx' });
  });

  it('leaves out what makes no sense', () => {
    expect(readLogSearch({ method: 'G T', status: '9xx', path: ' ', search: {}, entry: 'last' })).toEqual({});
  });

  it('asks with the filters alone', () => {
    expect(filtersOf({ status: 404, path: 'x', entry: 3 })).toEqual({ status: '404', path: 'x' });
    expect([isFiltered(filtersOf({ entry: 3 })), isFiltered({ method: 'GET' })]).toEqual([false, true]);
  });
});

describe('what a row says of an address', () => {
  it.each([
    ['/scim/entra/v2/Users?filter=userName%20eq%20%22mira%22', '/Users?filter=userName eq "mira"'],
    ['/scim/v2/Groups/1', '/Groups/1'],
    ['/scim/entra/v2', '/'],
    ['/scim/entra/v2/Users?filter=%zz', '/Users?filter=%zz'],
    ['/elsewhere', '/elsewhere'],
  ])('%s is %s', (url, short) => {
    expect(shortUrl(url)).toBe(short);
  });
});
