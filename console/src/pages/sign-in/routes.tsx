import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { searchReader } from '../../app/search-reader.ts';
import { wayBack } from './way-back.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: searchReader(wayBack),
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
});

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: searchReader(wayBack),
  component: lazyRouteComponent(() => import('./setup.tsx'), 'Setup'),
});

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  component: lazyRouteComponent(() => import('./reset.tsx'), 'Reset'),
});

export const signInRoutes = [signInRoute, setupRoute, resetRoute] as const;
