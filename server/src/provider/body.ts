import { invalidSyntax, type Json } from '@rollcall/scim';

/** Deeper nesting than any SCIM message needs; a Schema resource has 7 levels, a bulk PATCH 9. */
const MAX_DEPTH = 40;
/** Users whose attributes are chosen by chance have a new name in some fifty characters. */
const SHAPES = { atLeast: 10_000, charactersEach: 40 };

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The JSON value of a request body. Errors: `invalidSyntax` for no body, bad JSON, nesting beyond
 * 40 levels and objects that differ in their names more than users do.
 * Duplicate keys are what JSON.parse makes of them.
 */
export function parseBody(text: string): Json {
  if (text === '') throw invalidSyntax('The request has no body; send a JSON object.');
  checkShape(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not valid';
    throw invalidSyntax(`The body is not JSON: ${withoutQuotedInput(reason)}.`);
  }
}

/** The names that have followed upon the same names before: objects of one shape take the same way. */
type Shape = Map<string, Shape>;

/**
 * Looks at nothing but brackets, colons and strings: a body that cannot be a SCIM message is refused before JSON.parse
 * builds it. What costs is a name that is new in its place, for which V8 makes a hidden class (measured on 5 MB: 5,000
 * objects of 100 names each, no two in the same order, hold the event loop for three seconds); objects of one shape, as
 * the members of a group are, cost next to nothing.
 */
function checkShape(text: string): void {
  let left = SHAPES.atLeast + text.length / SHAPES.charactersEach;
  const empty: Shape = new Map();
  const open: Shape[] = [];
  let inString = false;
  // The last string: before a colon, it is a name.
  let start = 0;
  let end = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) {
        inString = false;
        end = index;
      }
    } else if (code === QUOTE) {
      inString = true;
      start = index + 1;
    } else if (code === COLON) {
      const shape = open.pop() ?? empty;
      const name = text.slice(start, end);
      let next = shape.get(name);
      if (next === undefined) {
        if (--left < 0)
          throw invalidSyntax('The objects in the body differ too much in their names; send fewer at a time.');
        next = new Map();
        shape.set(name, next);
      }
      open.push(next);
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (open.push(empty) > MAX_DEPTH) throw invalidSyntax(`The body is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open.pop();
  }
}

// V8's message quotes a piece of the input, which can hold a password: only the character or the position is kept.
function withoutQuotedInput(message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `there is a mistake at character ${Number(position) + 1}`;
  const character = /^Unexpected token '(.)'/u.exec(message)?.[1];
  return character === undefined ? 'it ends too early' : `${character} stands where it cannot`;
}
