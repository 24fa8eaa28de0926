/** What stands in a secret's place. */
export const REMOVED = '(removed)';

const CREDENTIALS = /\b(bearer|basic)(\s+)[\w.~+/-]{8,}=*/gi;
// Most texts hold neither; one pass instead of two.
const POSSIBLE_CREDENTIALS = /bearer|basic|eyJ/i;
// The run is taken first and judged afterwards: looking for `eyJ…` directly would cost the square of a long run.
const RUN = /[\w.-]{20,}/g;
const PAIR =
  /(pass(?:word|wd|phrase)|secret|token|assertion|api[-_]?key)(["']?[ \t]*[:=][ \t]*)("[^"\n]*"?|'[^'\n]*'?|[^\s,;&}\]]+)/gi;

/** Removes what has the shape of credentials from any text: `Bearer …`, `Basic …` and JSON Web Tokens. Linear time. */
export function redactText(text: string): string {
  if (!POSSIBLE_CREDENTIALS.test(text)) return text;
  return text.replace(CREDENTIALS, `$1$2${REMOVED}`).replace(RUN, redactRun);
}

/** The same for text that is no JSON, where `password=…` and `password: '…'` are secrets too. */
export function redactLooseText(text: string): string {
  return redactText(text.replace(PAIR, `$1$2${REMOVED}`));
}

/** A JSON Web Token begins with the base64url of `{"` and has two dots. */
function redactRun(run: string): string {
  const start = run.indexOf('eyJ');
  const dot = start < 0 ? -1 : run.indexOf('.', start);
  return dot >= 0 && run.includes('.', dot + 1) ? run.slice(0, start) + REMOVED : run;
}
