import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { DAY_HOURS, type Hours, WEEK_HOURS } from './hours.ts';

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { hours?: Hours } =>
    search.hours === WEEK_HOURS ? { hours: WEEK_HOURS } : {},
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
});

/** The span of the request chart that the address asks for. */
export const hoursOf = ({ hours = DAY_HOURS }: { readonly hours?: Hours }): Hours => hours;

export const homeRoutes = [homeRoute] as const;
