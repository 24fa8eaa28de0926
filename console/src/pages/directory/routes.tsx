import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { identityServerRoute } from '../identity-servers/identity-server-route.tsx';

/** Users and groups of an identity server. */
export const directoryRoutes = [
  createRoute({
    getParentRoute: () => identityServerRoute,
    path: '/users',
    component: lazyRouteComponent(() => import('./users.tsx'), 'Users'),
  }),
] as const;
