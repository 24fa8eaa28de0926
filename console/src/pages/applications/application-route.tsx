import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { applicationQuery } from '../../api/queries.ts';
import { signedInRoute } from '../../app/root-route.tsx';

/** Everything of one application: its name and tabs stand above the pages. */
export const applicationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications/$application',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(applicationQuery(params.application)),
  component: lazyRouteComponent(() => import('./application-frame.tsx'), 'ApplicationFrame'),
});
