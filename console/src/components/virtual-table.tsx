// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by the scroller cannot be laid out as a table
// biome-ignore-all lint/a11y/useFocusableInteractive: what is only read takes no focus; the scroller does
import { Box, Loader, Text } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useText } from '../language/use-text.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';
import classes from './virtual-table.module.css';

export interface Column<T> {
  readonly name: string;
  readonly title: string;
  /** As in CSS grid-template-columns. */
  readonly width: string;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
  /** What stands in a row; in all rows but one `tabIndex` is -1. */
  cell(row: T, tabIndex: 0 | -1): ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** The rows that are there: all, or those from `offset` on. */
  readonly rows: readonly T[];
  readonly offset?: number;
  /** Rows of the whole as far as is known, when more than are there. */
  readonly length?: number;
  keyOf(row: T): string | number;
  /** Opens a row, by click or Enter. */
  onOpen?(row: T): void;
  readonly opened?: string | number | undefined;
  /** Told which rows are in sight or near, so that those that follow can be fetched before they are needed. */
  onReach?(top: number, bottom: number): void;
  readonly isFetching?: boolean;
  readonly hasMore?: boolean;
  readonly empty: ReactNode;
  readonly height?: string;
}

const ROW = 40;
/** Rows above and below those in sight that are drawn too. */
const AROUND = 10;

/** A table of any length: only the rows in sight are in the page; those that are not there yet leave their place empty. */
export function VirtualTable<T>(props: Props<T>) {
  const { label, columns, rows, offset = 0, keyOf, onOpen, opened, onReach, empty } = props;
  const { length = rows.length, isFetching = false, hasMore = false } = props;
  const text = useText().general;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const inSight = useRowsInSight(scroller, ROW);
  const top = Math.max(0, Math.min(inSight.top, length) - AROUND);
  const bottom = Math.min(inSight.bottom + AROUND, length);
  useEffect(() => onReach?.(top, bottom), [top, bottom, onReach]);

  const template = columns.map(({ width }) => width).join(' ');
  const narrow = columns
    .filter(({ wide }) => wide !== true)
    .map(({ width }) => width)
    .join(' ');
  const style = { '--columns': template, '--narrow-columns': narrow };
  // The rows that are in sight and there.
  const from = Math.max(top, offset);
  const shown = rows.slice(from - offset, Math.max(0, bottom - offset));
  // One row is a stop of Tab, the arrows lead to the others: Tab alone would fetch row after row and never leave.
  const [reached, setReached] = useState(0);
  const stop = reached >= from && reached < from + shown.length ? reached : Math.max(from, inSight.top);

  if (rows.length === 0 && !isFetching) return <>{empty}</>;
  return (
    <div>
      {/* Roles instead of elements, which cannot be laid out by position. */}
      <Box
        role="table"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : length + 1}
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
          ref={setScroller}
          className={classes.body}
          tabIndex={onOpen === undefined ? 0 : -1}
          style={{ height: props.height ?? 'calc(100dvh - 320px)' }}
        >
          <div role="presentation" style={{ height: length * ROW, position: 'relative' }}>
            {shown.map((row, position) => {
              const index = from + position;
              const key = keyOf(row);
              return (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  data-opened={opened !== undefined && key === opened ? true : undefined}
                  className={classes.row}
                  style={{ transform: `translateY(${index * ROW}px)`, height: ROW }}
                  onFocus={() => setReached(index)}
                  onKeyDown={(event) => {
                    if (event.target === event.currentTarget && event.key === 'Enter') onOpen?.(row);
                    else focusBeside(event);
                  }}
                  {...(onOpen === undefined ? {} : { tabIndex: index === stop ? 0 : -1, onClick: () => onOpen(row) })}
                >
                  {columns.map(({ name, wide, cell }) => (
                    <div
                      key={name}
                      role="cell"
                      className={wide === true ? `${classes.cell} ${classes.wide}` : classes.cell}
                    >
                      {cell(row, index === stop ? 0 : -1)}
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

/** Goes by the arrows to the row above or below, or there to what has the focus in this one. */
function focusBeside(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget: row, target, key } = event;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
  const beside = key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const next = target === row ? beside : beside?.querySelector('input[type=checkbox]');
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  beside?.scrollIntoView({ block: 'nearest' });
  next.focus({ preventScroll: true });
}
