import type { Catalogue } from '../en/index.ts';

export const directory: Catalogue['directory'] = {
  title: 'Utilisateurs et groupes',
};
