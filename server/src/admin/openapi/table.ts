import type { RouteGroup } from './described-route.ts';
import { applicationRoutes } from './routes/applications.ts';
import { identityServerRoutes } from './routes/identity-servers.ts';
import { installationRoutes } from './routes/installation.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { overviewRoutes } from './routes/overview.ts';
import { planRoutes } from './routes/plans.ts';
import { provisioningRoutes } from './routes/provisioning.ts';
import { requestLogRoutes } from './routes/request-log.ts';
import { resourceRoutes } from './routes/resources.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { tokenRoutes } from './routes/tokens.ts';

/** Every route of the admin API, described: the document and the pages are made of it. A test holds it complete. */
export const DESCRIBED: readonly RouteGroup[] = [
  overviewRoutes,
  identityServerRoutes,
  tokenRoutes,
  resourceRoutes,
  requestLogRoutes,
  applicationRoutes,
  mappingRoutes,
  provisioningRoutes,
  planRoutes,
  signInRoutes,
  installationRoutes,
];
