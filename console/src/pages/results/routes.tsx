import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { applicationRoute } from '../applications/application-route.tsx';

/** What came of provisioning: log, plans, held removals, drift. */
export const resultRoutes = [
  createRoute({
    getParentRoute: () => applicationRoute,
    path: '/log',
    component: lazyRouteComponent(() => import('./provisioning-log.tsx'), 'ProvisioningLog'),
  }),
] as const;
