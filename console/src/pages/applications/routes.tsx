import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { mappingRoutes } from '../mappings/routes.tsx';
import { resultRoutes } from '../results/routes.tsx';
import { applicationRoute } from './application-route.tsx';

export const applicationRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/applications',
    component: lazyRouteComponent(() => import('./applications.tsx'), 'Applications'),
  }),
  applicationRoute.addChildren([...mappingRoutes, ...resultRoutes]),
] as const;
