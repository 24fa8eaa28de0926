type Texts = Readonly<Record<string, string>>;

/** What the server says. It does so in English: another language translates what it knows, by its code where there is one. */
export const fromServer = {
  /** By the kind of problem, the last part of its `type`. */
  problem: {} as Texts, // without an entry, the problem's own title is shown
  /** By the error code of the provisioning log. */
  advice: {} as Texts, // without an entry, the advice that came with it is shown
  /** One or several sentences. */
  say: (sentences: string): string => sentences,
};
