const special = /[\\^$.*+?()[\]{}|]/g;

/** Where a sentence begins: at the start of a text or after another one. */
const BEGIN = '(?<=^|[.:!?] )';
const END = '(?=$|[ .])';

/**
 * Translates the sentences of a text, one by one; those that are not known stay as they are. `{}` in a sentence is what
 * differs each time; in its translation `{1}`, `{2}` … stand for them.
 */
export function translator(pairs: readonly (readonly [sentence: string, translation: string])[]) {
  // What is fixed comes first: it is never taken for a part of what differs.
  const known = [...pairs]
    .sort(([a], [b]) => Number(a.includes('{}')) - Number(b.includes('{}')))
    .map(([sentence, translation]) => {
      const pattern = sentence
        .split('{}')
        .map((part) => part.replace(special, '\\$&'))
        .join('(.+?)');
      return { pattern: new RegExp(BEGIN + pattern + END, 'g'), translation };
    });
  return (text: string): string =>
    known.reduce(
      (translated, { pattern, translation }) =>
        translated.replace(pattern, (_, ...parts) =>
          translation.replace(/\{(\d)\}/g, (__, place) => String(parts[Number(place) - 1])),
        ),
      text,
    );
}
