import type { ApplicationState } from '@rollcall/server/contract';

type Reason = 'notConfigured' | 'runsAlready' | 'notStarted' | 'stoppedAlready' | 'useRestart' | 'neverRun';

/** Why something cannot be done with provisioning in this state; undefined when it can. */
export function whyNot(what: 'start' | 'stop' | 'restart' | 'onDemand', state: ApplicationState): Reason | undefined {
  if (state === 'notConfigured' || state === 'removing') return 'notConfigured';
  const runs = state === 'active' || state === 'quarantine';
  switch (what) {
    case 'start':
      if (state === 'disabled') return 'useRestart';
      return runs ? 'runsAlready' : undefined;
    case 'stop':
      if (runs) return undefined;
      return state === 'paused' ? 'stoppedAlready' : 'notStarted';
    case 'restart':
      return state === 'notRun' ? 'neverRun' : undefined;
    case 'onDemand':
      return undefined;
  }
}
