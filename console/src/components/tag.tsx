import type { Tone } from './status-badge.tsx';
import classes from './tag.module.css';

/** A StatusBadge for the rows of long tables: one element, so that a screenful is cheap to make while scrolling. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: string | number }) {
  const colour = tone === 'quiet' ? undefined : classes[tone];
  return <span className={colour === undefined ? classes.tag : `${classes.tag} ${colour}`}>{children}</span>;
}
