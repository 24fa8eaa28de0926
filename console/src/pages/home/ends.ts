import type { ApplicationState } from '@rollcall/server/contract';
import type { OverviewApplication, OverviewServer } from '../../api/overview.ts';
import type { Tone } from '../../components/status-badge.tsx';

/** An identity server, and the applications that it is the directory of. */
export interface Line {
  readonly server: OverviewServer;
  readonly applications: readonly OverviewApplication[];
}

/** The lines of the picture, and the identity servers that no application is provisioned from. */
export function linesOf(
  servers: readonly OverviewServer[],
  applications: readonly OverviewApplication[],
): { readonly directories: readonly Line[]; readonly others: readonly OverviewServer[] } {
  const of = Map.groupBy(applications, ({ directory }) => directory);
  const lines = servers.map((server) => ({ server, applications: of.get(server.slug) ?? [] }));
  return {
    directories: lines.filter((line) => line.applications.length > 0),
    others: servers.filter(({ slug }) => !of.has(slug)),
  };
}

/** What an application does, in one word; one whose removals are held does everything else. */
export type StateWord = ApplicationState | 'running' | 'removalsHeld' | 'failing';

const TONES: Readonly<Record<StateWord, Tone>> = {
  notConfigured: 'quiet',
  notRun: 'quiet',
  paused: 'quiet',
  removing: 'quiet',
  active: 'good',
  running: 'busy',
  removalsHeld: 'warning',
  failing: 'warning',
  quarantine: 'bad',
  disabled: 'bad',
};

export function stateOf(application: Pick<OverviewApplication, 'state' | 'progress' | 'staged' | 'failing'>): {
  readonly word: StateWord;
  readonly tone: Tone;
} {
  const word = wordOf(application);
  return { word, tone: TONES[word] };
}

function wordOf({ state, progress, staged, failing }: Parameters<typeof stateOf>[0]): StateWord {
  if (state === 'quarantine' && staged > 0) return 'removalsHeld';
  if (state !== 'active') return state;
  if (progress !== null) return 'running';
  return failing > 0 ? 'failing' : 'active';
}
