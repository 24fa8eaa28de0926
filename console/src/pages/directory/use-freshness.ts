import { useEffect, useRef, useState } from 'react';
import { useChanged } from './use-changed.ts';

/** A list of more pages than this is not fetched again by itself: it says that it is old. */
const REFRESHED_PAGES = 2;

/** Keeps a short list of a directory up to date, and tells of a long one that it is old. */
export function useFreshness(slug: string, pages: number, refetch: () => unknown) {
  const [isOld, setOld] = useState(false);
  const changed = useChanged(slug);
  const seen = useRef(changed);
  useEffect(() => {
    const isFirst = seen.current === undefined;
    if (seen.current === changed) return;
    seen.current = changed;
    if (isFirst) return;
    if (pages <= REFRESHED_PAGES) refetch();
    else setOld(true);
  }, [changed, pages, refetch]);
  const refresh = () => {
    setOld(false);
    refetch();
  };
  return { isOld, refresh };
}
