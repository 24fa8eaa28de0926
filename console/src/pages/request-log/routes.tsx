import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchReader } from '../../app/search-reader.ts';
import { identityServerRoute } from '../identity-servers/identity-server-route.tsx';
import { readLogSearch } from './log-search.ts';

export const requestLogRoute = createRoute({
  getParentRoute: () => identityServerRoute,
  path: '/log',
  validateSearch: searchReader(readLogSearch),
  component: lazyRouteComponent(() => import('./request-log.tsx'), 'RequestLog'),
});

export const quirksRoute = createRoute({
  getParentRoute: () => identityServerRoute,
  path: '/quirks',
  component: lazyRouteComponent(() => import('./quirks.tsx'), 'Quirks'),
});

export const requestLogRoutes = [requestLogRoute, quirksRoute] as const;
