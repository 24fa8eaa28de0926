// Line ends of Unicode's own, and marks that turn the direction of what follows.
const STEERING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** One line of a table or a sentence: what clients sent must not be able to steer the terminal that shows it. */
export const printable = (text: string): string => text.replace(STEERING, '�');

/** The same for a text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** JSON that a terminal can show: what JSON.stringify leaves of such characters is escaped as well. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(STEERING, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
