import { useLayoutEffect, useState } from 'react';

interface Range {
  /** The first row in sight. */
  readonly top: number;
  /** The row after the last one in sight. */
  readonly bottom: number;
}

/** The table is drawn anew once for so many rows that go by. */
const STEP = 4;

/**
 * Which rows of an element that scrolls are in sight, give or take some. All rows have one height, so that this costs the
 * same in a list of ten and of a million: a virtualizer that measures rows remembers each.
 */
export function useRowsInSight(scroller: HTMLElement | null, rowHeight: number): Range {
  const [range, setRange] = useState<Range>({ top: 0, bottom: 0 });
  useLayoutEffect(() => {
    if (scroller === null) return;
    const look = () => {
      const { scrollTop, clientHeight } = scroller;
      const top = Math.floor(scrollTop / rowHeight / STEP) * STEP;
      const bottom = Math.ceil((scrollTop + clientHeight) / rowHeight / STEP) * STEP;
      setRange((before) => (before.top === top && before.bottom === bottom ? before : { top, bottom }));
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    const resizes = new ResizeObserver(look);
    resizes.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', look);
      resizes.disconnect();
    };
  }, [scroller, rowHeight]);
  return range;
}
