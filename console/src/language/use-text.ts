import { createContext, useContext } from 'react';
import type { Catalogue } from './en/index.ts';
import type { Language } from './language.ts';

export interface LanguageChoice extends Language {
  choose(code: Language['code']): void;
}

export const LanguageContext = createContext<LanguageChoice | undefined>(undefined);

export function useLanguage(): LanguageChoice {
  const language = useContext(LanguageContext);
  if (language === undefined) throw new Error('There is no language above this component');
  return language;
}

/** What the console says, in the person's language: `text.log.title`, `text.log.rows(5)`. */
export const useText = (): Catalogue => useLanguage().text;
