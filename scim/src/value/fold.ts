const NOT_ASCII = /[\u0080-\uffff]/;

// Lower-case letters that Unicode's simple case folding still maps to another letter (micro sign, long s, final sigma,
// Greek symbols, Cyrillic variants). Sharp s is not among them: it folds to `ss` only in full case folding.
const LOWER_CASE_VARIANTS = /[µſςϐϑϕϖϰϱϵẛ\u1c80-\u1c88]/g;

const WIDE = /[\u3000\uff01-\uffef]/g;

/**
 * The form in which strings that are not case-exact are compared: NFC and simple case folding (RFC 7644 §5, and
 * §3.4.2.2 for filters). Two strings are equal when their forms are; folding a form again changes nothing.
 */
export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  const lower = text.normalize('NFC').toLowerCase();
  return lower.replace(LOWER_CASE_VARIANTS, (letter) => letter.toUpperCase().toLowerCase()).normalize('NFC');
}

/**
 * The form in which user names are compared and kept unique: the mappings of PRECIS UsernameCaseMapped (RFC 8265
 * §3.3: width, case, NFC), without its refusals, so that every name a client has can be stored.
 */
export function foldUserName(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  return fold(text.replace(WIDE, (letter) => letter.normalize('NFKC')));
}
