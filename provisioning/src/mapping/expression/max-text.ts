/** The longest text that a function may give, in characters: some functions multiply the length of their arguments. */
export const MAX_TEXT = 1_000_000;
