const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

/** A duration in the largest unit of which there are two, in the words of a language: `90 min`, `3 hr`. */
export function durationText(seconds: number, language: string): string {
  const [size, unit] = UNITS.find(([length]) => seconds >= 2 * length) ?? [1, 'second'];
  const rounded = unit === 'second' && seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds / size);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(rounded);
}
