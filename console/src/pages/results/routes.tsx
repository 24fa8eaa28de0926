import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchReader } from '../../app/search-reader.ts';
import { applicationRoute } from '../applications/application-route.tsx';
import { driftSearch, itemSearch, logSearch, stagedSearch } from './search.ts';

export const provisioningLogRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/log',
  validateSearch: searchReader(logSearch),
  component: lazyRouteComponent(() => import('./log/provisioning-log.tsx'), 'ProvisioningLog'),
});

export const plansRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/plans',
  component: lazyRouteComponent(() => import('./plans/plans.tsx'), 'Plans'),
});

export const planRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/plans/$plan',
  validateSearch: searchReader(itemSearch),
  component: lazyRouteComponent(() => import('./plans/plan.tsx'), 'Plan'),
});

export const stagedRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/staged',
  validateSearch: searchReader(stagedSearch),
  component: lazyRouteComponent(() => import('./staged/staged-deletions.tsx'), 'StagedDeletions'),
});

export const driftRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: '/drift',
  validateSearch: searchReader(driftSearch),
  component: lazyRouteComponent(() => import('./drift/drift.tsx'), 'Drift'),
});

/** What came of provisioning: log, plans, held removals, drift. */
export const resultRoutes = [provisioningLogRoute, plansRoute, planRoute, stagedRoute, driftRoute] as const;
