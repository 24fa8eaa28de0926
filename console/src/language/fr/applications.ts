import type { Catalogue } from '../en/index.ts';

export const applications: Catalogue['applications'] = {
  title: 'Applications',
};
