import { applications } from './applications.ts';
import { directory } from './directory.ts';
import { fromServer } from './from-server.ts';
import { general } from './general.ts';
import { home } from './home.ts';
import { identityServers } from './identity-servers.ts';
import { mappings } from './mappings.ts';
import { requestLog } from './request-log.ts';
import { results } from './results.ts';
import { settings } from './settings.ts';
import { signIn } from './sign-in.ts';

/** Everything that the console says, in English. The other languages have the same shape. */
export const catalogue = {
  general,
  signIn,
  home,
  identityServers,
  requestLog,
  directory,
  applications,
  mappings,
  results,
  fromServer,
  settings,
};

export type Catalogue = typeof catalogue;
