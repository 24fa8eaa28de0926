import { Button, Drawer, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { type LogFilters, logEntryQuery, newerQuery, olderQuery } from '../../api/log.ts';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { CopyCurl } from './copy-curl.tsx';
import { EntryView } from './entry-view.tsx';
import { Replay } from './replay.tsx';

interface Props {
  readonly server: string;
  readonly n: number;
  /** What the neighbours are looked for among. */
  readonly filters: LogFilters;
  onOpen(n: number, replace?: boolean): void;
  onClose(): void;
}

/** One request beside the list; the arrow keys go to its neighbours. */
export function EntryDrawer({ server, n, filters, onOpen, onClose }: Props) {
  const all = useText();
  const text = all.requestLog;
  const entry = useQuery(logEntryQuery(server, n));
  const newer = useQuery(newerQuery(server, n, filters)).data?.entries[0]?.n;
  const older = useQuery(olderQuery(server, n, filters)).data?.entries[0]?.n;
  const follow = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const next = event.key === 'ArrowLeft' ? newer : event.key === 'ArrowRight' ? older : undefined;
    if (next !== undefined) onOpen(next, true);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1100px, 100%)"
      title={text.entry(n)}
      closeButtonProps={{ 'aria-label': all.general.close }}
      styles={{ title: { fontWeight: 600 } }}
      onKeyDown={follow}
    >
      <Group gap="xs" mb="md" justify="space-between">
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={newer === undefined}
            aria-keyshortcuts="ArrowLeft"
            onClick={() => newer !== undefined && onOpen(newer, true)}
          >
            {text.newer}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={older === undefined}
            aria-keyshortcuts="ArrowRight"
            onClick={() => older !== undefined && onOpen(older, true)}
          >
            {text.older}
          </Button>
        </Group>
        <Group gap="xs">
          <CopyCurl key={`curl ${n}`} server={server} n={n} />
          <Replay key={`replay ${n}`} server={server} n={n} onOpen={onOpen} />
        </Group>
      </Group>
      <QueryView query={entry} rows={8}>
        {(view) => <EntryView entry={view} />}
      </QueryView>
    </Drawer>
  );
}
