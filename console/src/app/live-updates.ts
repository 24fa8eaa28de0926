import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

interface Subject {
  readonly identityServer?: string;
  readonly application?: string;
}

/** What a live event makes old. Events are hints: what is shown is always what the API answers. */
const KEYS: Readonly<Record<string, (subject: Subject) => readonly (readonly unknown[])[]>> = {
  log: ({ identityServer = '' }) => [
    ['identity-servers', identityServer, 'log'],
    ['identity-servers', identityServer, 'statistics'],
    ['statistics'],
  ],
  changes: ({ identityServer = '' }) => [
    ['identity-servers', identityServer, 'resources'],
    ['identity-servers', identityServer, 'statistics'],
  ],
  application: ({ application = '' }) => [['applications', application]],
  overview: () => [['overview'], ['identity-servers', {}], ['applications', {}]],
};

/** Keeps what is shown up to date while the page is open, by the server's events. */
export function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    // EventSource connects again by itself, but for answers that are no stream; those it gives up on.
    const source = new EventSource('/api/events');
    const listeners = Object.entries(KEYS).map(([name, keysOf]) => {
      const listener = ({ data }: MessageEvent<string>) => {
        // The server writes these events; docs of /api/events say what is in them.
        const subject = JSON.parse(data) as Subject;
        for (const queryKey of keysOf(subject)) void queryClient.invalidateQueries({ queryKey });
      };
      source.addEventListener(name, listener);
      return () => source.removeEventListener(name, listener);
    });
    return () => {
      for (const forget of listeners) forget();
      source.close();
    };
  }, [queryClient]);
}
