import { useLanguage } from '../language/use-text.ts';

interface Formats {
  readonly short: Intl.DateTimeFormat;
  readonly precise: Intl.DateTimeFormat;
}

// Making a formatter costs as much as formatting hundreds of dates with it.
const formats = new Map<string, Formats>();

function formatsOf(language: string): Formats {
  const known = formats.get(language);
  if (known !== undefined) return known;
  const made = {
    // The year is at hover: columns are narrow, and the rows are of these days.
    short: new Intl.DateTimeFormat(language, {
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
    }),
    precise: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }),
  };
  formats.set(language, made);
  return made;
}

/** A Moment for the rows of long tables: date and time of day in the reader's time zone, exact at hover. */
export function RowTime({ date }: { readonly date: string | null | undefined }) {
  const { code } = useLanguage();
  if (date === null || date === undefined) return <>–</>;
  const { short, precise } = formatsOf(code);
  const at = new Date(date);
  return (
    <time dateTime={date} title={`${precise.format(at)} (${date})`} className="numeric">
      {short.format(at)}
    </time>
  );
}
