import { Button, Group } from '@mantine/core';
import type { LogEntryView } from '@rollcall/server/contract';
import { memo, type UIEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { LogFilters } from '../../api/log.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useText } from '../../language/use-text.ts';
import { logColumns } from './log-columns.tsx';
import { isFiltered } from './log-search.ts';
import { useLogRows } from './use-log-rows.ts';

/** Scrolled less far than this, the list is at its top: new requests are put there as they come. */
const TOP = 40;

interface Props {
  readonly server: string;
  readonly filters: LogFilters;
  readonly opened: number | undefined;
  onOpen(n: number): void;
  onClearFilters(): void;
}

const numberOf = ({ n }: LogEntryView): number => n;

/** The rows of the request log. Apart from the page around it, which need not be drawn anew while rows come. */
export const LogTable = memo(function LogTable({ server, filters, opened, onOpen, onClearFilters }: Props) {
  const text = useText().requestLog;
  const [isPaused, setPaused] = useState(false);
  const [isAtTop, setAtTop] = useState(true);
  const scroller = useRef<HTMLElement>(null);
  const { list, table, fresh, isMore, showFresh } = useLogRows(server, filters, isAtTop && !isPaused);
  const columns = useMemo(() => logColumns(text), [text]);
  const open = useCallback(({ n }: LogEntryView) => onOpen(n), [onOpen]);
  const watchScroll = ({ target }: UIEvent<HTMLElement>) => {
    if (!(target instanceof HTMLElement) || target.role !== 'rowgroup') return;
    scroller.current = target;
    setAtTop(target.scrollTop < TOP);
  };
  const toTop = () => {
    showFresh();
    scroller.current?.scrollTo({ top: 0 });
  };
  const empty = isFiltered(filters) ? (
    <EmptyState
      title={text.noMatch}
      advice={text.noMatchAdvice}
      action={
        <Button variant="default" onClick={onClearFilters}>
          {text.clearFilters}
        </Button>
      }
    />
  ) : (
    <EmptyState title={text.empty} advice={text.emptyAdvice} />
  );
  return (
    <>
      <Group gap="xs" mih={30}>
        <Button size="xs" variant="default" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          {isPaused ? text.resume : text.pause}
        </Button>
        <span role="status">
          {fresh > 0 && (isPaused || !isAtTop) ? (
            <Button size="xs" variant="light" onClick={toTop}>
              {text.fresh(fresh, isMore)}
            </Button>
          ) : (
            <span style={{ fontSize: 'var(--mantine-font-size-xs)' }}>{isPaused ? text.paused : text.live}</span>
          )}
        </span>
      </Group>
      <ProblemNotice error={list.error} retry={() => void list.refetch()} />
      <div onScrollCapture={watchScroll}>
        <VirtualTable
          {...table}
          label={text.title}
          columns={columns}
          keyOf={numberOf}
          onOpen={open}
          opened={opened}
          height="max(320px, calc(100dvh - 380px))"
          empty={list.isError || list.hasNextPage ? null : empty}
        />
      </div>
    </>
  );
});
