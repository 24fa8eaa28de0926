import type { Catalogue } from './en/index.ts';

export const LANGUAGES = { en: 'English', fr: 'Français' } as const;
export type LanguageCode = keyof typeof LANGUAGES;

/** A language with everything that the console says in it. */
export interface Language {
  readonly code: LanguageCode;
  readonly text: Catalogue;
}

const CHOICE = 'rollcall-language';

const isLanguage = (code: string | null | undefined): code is LanguageCode =>
  code !== null && code !== undefined && Object.hasOwn(LANGUAGES, code);

/** The language that the person chose, else the first one of the browser's that there is, else English. */
export function preferredLanguage(): LanguageCode {
  const chosen = localStorage.getItem(CHOICE);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** Loads a catalogue; each is a file of its own, and only one is needed. */
export async function loadLanguage(code: LanguageCode = preferredLanguage()): Promise<Language> {
  document.documentElement.lang = code;
  const { catalogue } = code === 'fr' ? await import('./fr/index.ts') : await import('./en/index.ts');
  return { code, text: catalogue };
}

export async function chooseLanguage(code: LanguageCode): Promise<Language> {
  localStorage.setItem(CHOICE, code);
  return loadLanguage(code);
}
