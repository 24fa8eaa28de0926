import type { Catalogue } from '../en/index.ts';

export const requestLog: Catalogue['requestLog'] = {
  title: 'Journal des requêtes',
};
