import { describe, expect, it } from 'vitest';
import type { OverviewApplication, OverviewServer } from '../../api/overview.ts';
import { linesOf, stateOf } from './ends.ts';

const server = (slug: string): OverviewServer => ({
  ...{ slug, name: slug, active: true, default: false, security: 'bearer', users: 0, groups: 0 },
  ...{ requests24h: 0, errors24h: 0, lastRequestAt: null },
});
const application = (slug: string, directory: string): OverviewApplication => ({
  ...{ slug, name: slug, directory, state: 'active', links: { users: 0, groups: 0 }, failing: 0, staged: 0, drift: 0 },
  ...{ lastCycle: null, progress: null },
});

describe('both ends', () => {
  it('puts applications beside their directory, and apart what is the directory of none', () => {
    const { directories, others } = linesOf(
      [server('crm'), server('hr')],
      [application('a', 'hr'), application('b', 'hr')],
    );
    expect(directories.map((line) => [line.server.slug, line.applications.map(({ slug }) => slug)])).toEqual([
      ['hr', ['a', 'b']],
    ]);
    expect(others.map(({ slug }) => slug)).toEqual(['crm']);
  });

  it.each([
    [{ state: 'active', progress: null, staged: 0, failing: 0 }, 'active', 'good'],
    [{ state: 'active', progress: 0, staged: 0, failing: 0 }, 'running', 'busy'],
    [{ state: 'active', progress: null, staged: 0, failing: 2 }, 'failing', 'warning'],
    [{ state: 'quarantine', progress: null, staged: 3, failing: 0 }, 'removalsHeld', 'warning'],
    [{ state: 'quarantine', progress: null, staged: 0, failing: 0 }, 'quarantine', 'bad'],
    [{ state: 'paused', progress: null, staged: 3, failing: 1 }, 'paused', 'quiet'],
  ] as const)('says of %o that it is %s', (given, word, tone) => {
    expect(stateOf(given)).toEqual({ word, tone });
  });
});
