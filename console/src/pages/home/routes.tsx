import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { searchReader } from '../../app/search-reader.ts';
import { DAY_HOURS, type Hours, WEEK_HOURS } from './hours.ts';

const homeSearch = ({ hours }: Record<string, unknown>): { hours?: Hours } =>
  hours === WEEK_HOURS ? { hours: WEEK_HOURS } : {};

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: searchReader(homeSearch),
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
});

/** The span of the request chart that the address asks for. */
export const hoursOf = ({ hours = DAY_HOURS }: { readonly hours?: Hours }): Hours => hours;

export const homeRoutes = [homeRoute] as const;
