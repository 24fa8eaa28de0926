import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchReader } from '../../../app/search-reader.ts';
import { applicationRoute } from '../application-route.tsx';

/** Whom to provision, by id in the directory: other pages lead here with somebody chosen. */
export interface OnDemandSearch {
  readonly user?: string;
  readonly group?: string;
}

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

function onDemandSearch(search: Record<string, unknown>): OnDemandSearch {
  const user = idOf(search.user);
  const group = idOf(search.group);
  if (user !== undefined) return { user };
  return group === undefined ? {} : { group };
}

export const onDemandRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/on-demand',
  validateSearch: searchReader(onDemandSearch),
  component: lazyRouteComponent(() => import('./on-demand.tsx'), 'OnDemand'),
});
