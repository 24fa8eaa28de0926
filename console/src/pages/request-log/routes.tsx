import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { identityServerRoute } from '../identity-servers/identity-server-route.tsx';

export const requestLogRoutes = [
  createRoute({
    getParentRoute: () => identityServerRoute,
    path: '/log',
    component: lazyRouteComponent(() => import('./request-log.tsx'), 'RequestLog'),
  }),
] as const;
