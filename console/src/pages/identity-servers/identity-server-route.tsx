import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { identityServerQuery } from '../../api/queries.ts';
import { signedInRoute } from '../../app/root-route.tsx';

/** Everything of one identity server: its name and tabs stand above the pages. */
export const identityServerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/identity-servers/$server',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(identityServerQuery(params.server)),
  component: lazyRouteComponent(() => import('./identity-server-frame.tsx'), 'IdentityServerFrame'),
});
