import { Text, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLanguage } from '../language/use-text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago or ahead `at` is, in words: `3 minutes ago`. */
export function relativeTime(at: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const past = at - now;
  const size = Math.abs(past);
  if (size < MINUTE) return format.format(Math.round(past / 1000), 'second');
  if (size < HOUR) return format.format(Math.round(past / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.round(past / HOUR), 'hour');
  return format.format(Math.round(past / DAY), 'day');
}

interface Props {
  /** ISO 8601. */
  readonly date: string | null;
  /** Date and time of day instead of how long ago. */
  readonly exact?: boolean;
  /** What stands for null. */
  readonly otherwise?: string;
}

/** A moment in the reader's time zone, with the exact time at hover. */
export function Moment({ date, exact = false, otherwise = '–' }: Props) {
  const { code } = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (exact) return;
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, [exact]);
  if (date === null) return <span>{otherwise}</span>;
  const at = new Date(date);
  const precise = new Intl.DateTimeFormat(code, { dateStyle: 'full', timeStyle: 'long' }).format(at);
  const shown = exact
    ? new Intl.DateTimeFormat(code, { dateStyle: 'short', timeStyle: 'medium' }).format(at)
    : relativeTime(at.getTime(), Math.max(now, Date.now()), code);
  return (
    <Tooltip label={`${precise} (${date})`} events={{ hover: true, focus: true, touch: true }}>
      <Text component="time" dateTime={date} size="sm" className="numeric" span>
        {shown}
      </Text>
    </Tooltip>
  );
}
