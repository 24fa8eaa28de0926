import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchReader } from '../../app/search-reader.ts';
import { applicationRoute } from '../applications/application-route.tsx';

/** What the address of the mappings says: which table is shown. Users unless it says groups. */
const mappingsSearch = (search: Record<string, unknown>): { type?: 'groups' } =>
  search.type === 'groups' ? { type: 'groups' } : {};

export const mappingsRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/mappings',
  validateSearch: searchReader(mappingsSearch),
  component: lazyRouteComponent(() => import('./mappings.tsx'), 'Mappings'),
});

/** Mappings and scoping filters of an application. */
export const mappingRoutes = [mappingsRoute] as const;
