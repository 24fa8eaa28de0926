// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by the scroller cannot be laid out as a table
// biome-ignore-all lint/a11y/useFocusableInteractive: what is only read takes no focus; the scroller does
import { Box, Loader, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../language/use-text.ts';
import classes from './virtual-table.module.css';

export interface Column<T> {
  readonly name: string;
  readonly title: string;
  /** As in CSS grid-template-columns. */
  readonly width: string;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
  cell(row: T): ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  keyOf(row: T): string | number;
  /** Opens a row, by click or Enter. */
  onOpen?(row: T): void;
  readonly opened?: string | number | undefined;
  /** Asked for when the end of the rows comes into sight. */
  onEnd?(): void;
  readonly isFetching?: boolean;
  readonly hasMore?: boolean;
  readonly empty: ReactNode;
  readonly height?: string;
}

const ROW = 40;
const AHEAD = 12;

/** A table of any length: only the rows in sight are in the page, and the next ones are fetched before they are needed. */
export function VirtualTable<T>(props: Props<T>) {
  const { label, columns, rows, keyOf, onOpen, opened, onEnd, isFetching = false, hasMore = false, empty } = props;
  const text = useText().general;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: AHEAD,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isFetching && last >= rows.length - AHEAD) onEnd?.();
  }, [hasMore, isFetching, last, rows.length, onEnd]);

  const template = columns.map(({ width }) => width).join(' ');
  const narrow = columns
    .filter(({ wide }) => wide !== true)
    .map(({ width }) => width)
    .join(' ');
  const style = { '--columns': template, '--narrow-columns': narrow };
  const focusBeside = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    virtualizer.scrollToIndex(index + step);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index + step}"]`)?.focus(),
    );
  };

  if (rows.length === 0 && !isFetching) return <>{empty}</>;
  return (
    <div>
      {/* Roles instead of elements, which cannot be laid out by position. */}
      <Box
        role="table"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        className={classes.table}
        style={style}
      >
        <div role="rowgroup">
          <div role="row" className={classes.head}>
            {columns.map(({ name, title, wide }) => (
              <div key={name} role="columnheader" className={wide === true ? classes.wide : undefined}>
                {title}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          ref={scroller}
          className={classes.body}
          tabIndex={onOpen === undefined ? 0 : -1}
          style={{ height: props.height ?? 'calc(100dvh - 320px)' }}
        >
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {items.map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  data-opened={opened !== undefined && keyOf(row) === opened ? true : undefined}
                  className={classes.row}
                  style={{ transform: `translateY(${start}px)`, height: ROW }}
                  {...(onOpen === undefined
                    ? {}
                    : {
                        tabIndex: 0,
                        onClick: () => onOpen(row),
                        onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
                          if (event.target !== event.currentTarget) return;
                          if (event.key === 'Enter') onOpen(row);
                          else focusBeside(event, index);
                        },
                      })}
                >
                  {columns.map(({ name, wide, cell }) => (
                    <div
                      key={name}
                      role="cell"
                      className={wide === true ? `${classes.cell} ${classes.wide}` : classes.cell}
                    >
                      {cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </Box>
      <Text size="xs" c="dimmed" h={22} role="status">
        {isFetching ? <Loader size={14} aria-label={text.loading} /> : null}
      </Text>
    </div>
  );
}
