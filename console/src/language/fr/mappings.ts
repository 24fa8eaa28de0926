import type { Catalogue } from '../en/index.ts';

export const mappings: Catalogue['mappings'] = {
  title: 'Correspondances',
};
