const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1024;

/** Bytes as people write them, in steps of 1024: `64 kB`, `1 GB`. */
export function bytesText(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(STEP)));
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[power], maximumFractionDigits: 1 });
  return format.format(bytes / STEP ** power);
}
