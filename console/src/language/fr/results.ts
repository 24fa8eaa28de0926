import type { Catalogue } from '../en/index.ts';

export const results: Catalogue['results'] = {
  title: 'Journal d’approvisionnement',
};
