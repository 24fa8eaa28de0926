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
    createRoute({
      getParentRoute: () => identityServerRoute,
      path: '/tokens',
      component: lazyRouteComponent(() => import('./tokens.tsx'), 'Tokens'),
    }),
    createRoute({
      getParentRoute: () => identityServerRoute,
      path: '/connect',
      component: lazyRouteComponent(() => import('./connect.tsx'), 'Connect'),
    }),
    createRoute({
      getParentRoute: () => identityServerRoute,
      path: '/connect/entra',
      component: lazyRouteComponent(() => import('./connect-entra.tsx'), 'ConnectEntra'),
    }),
    createRoute({
      getParentRoute: () => identityServerRoute,
      path: '/connect/okta',
      component: lazyRouteComponent(() => import('./connect-okta.tsx'), 'ConnectOkta'),
    }),
    ...directoryRoutes,
    ...requestLogRoutes,
  ]),
] as const;
