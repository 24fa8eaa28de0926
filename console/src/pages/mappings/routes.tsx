import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { applicationRoute } from '../applications/application-route.tsx';

/** Mappings and scoping filters of an application. */
export const mappingRoutes = [
  createRoute({
    getParentRoute: () => applicationRoute,
    path: '/mappings',
    component: lazyRouteComponent(() => import('./mappings.tsx'), 'Mappings'),
  }),
] as const;
