import { describe, expect, it } from 'vitest';
import { whyNot } from './why-not.ts';

describe('What can be done with provisioning', () => {
  it('is nothing until there is a connection', () => {
    for (const what of ['start', 'stop', 'restart', 'onDemand'] as const) {
      expect(whyNot(what, 'notConfigured')).toBe('notConfigured');
    }
  });

  it('is to start what has not run or was stopped', () => {
    expect(whyNot('start', 'notRun')).toBeUndefined();
    expect(whyNot('start', 'paused')).toBeUndefined();
    expect(whyNot('start', 'active')).toBe('runsAlready');
    expect(whyNot('start', 'disabled')).toBe('useRestart');
  });

  it('is to stop what runs, in quarantine too', () => {
    expect(whyNot('stop', 'active')).toBeUndefined();
    expect(whyNot('stop', 'quarantine')).toBeUndefined();
    expect(whyNot('stop', 'paused')).toBe('stoppedAlready');
    expect(whyNot('stop', 'notRun')).toBe('notStarted');
  });

  it('is to restart what has run', () => {
    expect(whyNot('restart', 'notRun')).toBe('neverRun');
    expect(whyNot('restart', 'disabled')).toBeUndefined();
  });
});
