import type { Catalogue } from '../en/index.ts';

export const home: Catalogue['home'] = {
  title: 'Accueil',
};
