import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { mappingRoutes } from '../mappings/routes.tsx';
import { resultRoutes } from '../results/routes.tsx';
import { applicationRoute } from './application-route.tsx';
import { onDemandRoute } from './on-demand/on-demand-route.tsx';

export const applicationRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/applications',
    component: lazyRouteComponent(() => import('./applications.tsx'), 'Applications'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/applications/new',
    component: lazyRouteComponent(() => import('./new-application.tsx'), 'NewApplication'),
  }),
  applicationRoute.addChildren([
    createRoute({
      getParentRoute: () => applicationRoute,
      path: '/',
      component: lazyRouteComponent(() => import('./overview/overview.tsx'), 'Overview'),
    }),
    createRoute({
      getParentRoute: () => applicationRoute,
      path: '/provisioning',
      component: lazyRouteComponent(() => import('./provisioning/provisioning.tsx'), 'Provisioning'),
    }),
    createRoute({
      getParentRoute: () => applicationRoute,
      path: '/users-and-groups',
      component: lazyRouteComponent(() => import('./assignments/users-and-groups.tsx'), 'UsersAndGroups'),
    }),
    createRoute({
      getParentRoute: () => applicationRoute,
      path: '/users-and-groups/add',
      component: lazyRouteComponent(() => import('./assignments/add-assignment.tsx'), 'AddAssignment'),
    }),
    onDemandRoute,
    ...mappingRoutes,
    ...resultRoutes,
  ]),
] as const;
