import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { directoryRoutes } from '../directory/routes.tsx';
import { requestLogRoutes } from '../request-log/routes.tsx';
import { identityServerRoute } from './identity-server-route.tsx';

export const identityServerRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/identity-servers',
    component: lazyRouteComponent(() => import('./identity-servers.tsx'), 'IdentityServers'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/identity-servers/new',
    component: lazyRouteComponent(() => import('./new-identity-server.tsx'), 'NewIdentityServer'),
  }),
  identityServerRoute.addChildren([
    createRoute({
      getParentRoute: () => identityServerRoute,
      path: '/',
      component: lazyRouteComponent(() => import('./identity-server-settings.tsx'), 'IdentityServerSettings'),
    }),
    ...directoryRoutes,
    ...requestLogRoutes,
  ]),
] as const;
