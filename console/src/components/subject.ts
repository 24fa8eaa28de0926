import { createContext } from 'react';

/** The name of what the pages below are about: it stands in the title of the window. */
export const Subject = createContext<string | undefined>(undefined);
