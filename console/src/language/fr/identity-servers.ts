import type { Catalogue } from '../en/index.ts';

export const identityServers: Catalogue['identityServers'] = {
  title: 'Serveurs d’identité',
};
