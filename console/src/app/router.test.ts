import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { createConsoleRouter } from './router.tsx';

const router = createConsoleRouter(new QueryClient());

function pageAt(path: string, search: Record<string, unknown>) {
  const match = router.matchRoutes(path, search).at(-1);
  if (match === undefined) throw new Error(`No page has the address ${path}`);
  return match;
}

/** What the page at an address is told of the rest of it. */
function searchOf(path: string, search: Record<string, unknown>): object {
  const match = pageAt(path, search);
  return Object.fromEntries(Object.entries(match.search).filter(([, value]) => value !== undefined));
}

const CASES: readonly (readonly [path: string, said: Record<string, unknown>, told: object])[] = [
  ['/', { hours: 168 }, { hours: 168 }],
  ['/', { hours: 'many' }, {}],
  ['/sign-in', { to: '/applications' }, { to: '/applications' }],
  ['/sign-in', { to: 'https://evil.example' }, {}],
  ['/setup', { to: '//evil.example' }, {}],
  ['/identity-servers/hr/log', { status: '4XX', search: 12 }, { status: '4xx', search: '12' }],
  ['/identity-servers/hr/log', { method: 'G T', status: '9xx', path: ' ', search: {}, entry: 'last', x: 1 }, {}],
  ['/identity-servers/hr/users', { search: 12 }, { search: '12' }],
  ['/identity-servers/hr/users', { search: ' ', filter: {}, page: 3 }, {}],
  ['/identity-servers/hr/groups', { search: [], filter: 3 }, {}],
  ['/applications/crm/mappings', { type: 'groups' }, { type: 'groups' }],
  ['/applications/crm/mappings', { type: 'cars' }, {}],
  ['/applications/crm/on-demand', { user: 12 }, { user: '12' }],
  ['/applications/crm/on-demand', { user: {}, group: '' }, {}],
  ['/applications/crm/on-demand', { user: 'a', group: 'b' }, { user: 'a' }],
  ['/applications/crm/log', { status: 'failure', entry: 12 }, { status: 'failure', entry: 12 }],
  ['/applications/crm/log', { status: 'so so', action: 1, type: 'Car', object: '', code: ['a'], entry: -1 }, {}],
  ['/applications/crm/plans/1', { item: 3 }, { item: 3 }],
  ['/applications/crm/plans/1', { item: 'third' }, {}],
  ['/applications/crm/staged', { state: 'allowed' }, { state: 'allowed' }],
  ['/applications/crm/staged', { state: 'lost' }, {}],
  ['/applications/crm/drift', { attribute: 'title', object: 7 }, { attribute: 'title', object: '7' }],
  ['/applications/crm/drift', { attribute: {}, object: '' }, {}],
  ['/audit', { subject: 7, entry: 3 }, { subject: '7', entry: 3 }],
  ['/audit', { subject: {}, entry: 'last' }, {}],
];

describe('what a page is told of its address', () => {
  it.each(CASES)('%s %j: %j', (path, said, told) => {
    expect(searchOf(path, said)).toEqual(told);
  });

  it('is nothing where an address makes no sense, whichever page reads it', () => {
    const tried = CASES.filter(([, , told]) => Object.keys(told).length === 0).map(
      ([path]) => pageAt(path, {}).fullPath,
    );
    const reading = Object.values(router.routesById).filter(({ options }) => options.validateSearch !== undefined);
    expect([...new Set(tried)].sort()).toEqual(reading.map(({ fullPath }) => fullPath).sort());
  });
});
