import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

/** Only a path of this console is gone back to, never an address elsewhere. */
const wayBack = (search: Record<string, unknown>): { to?: string } =>
  typeof search.to === 'string' && /^\/(?![/\\])/.test(search.to) ? { to: search.to } : {};

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: wayBack,
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn'),
});

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: wayBack,
  component: lazyRouteComponent(() => import('./setup.tsx'), 'Setup'),
});

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  component: lazyRouteComponent(() => import('./reset.tsx'), 'Reset'),
});

export const signInRoutes = [signInRoute, setupRoute, resetRoute] as const;
