import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { auditRoutes } from '../audit/routes.tsx';
import { settingsRoute } from './settings-route.tsx';

const below = <Path extends string>(path: Path) => ({ getParentRoute: () => settingsRoute, path });

export const settingsRoutes = [
  settingsRoute.addChildren([
    createRoute({
      ...below('/'),
      beforeLoad: () => {
        throw redirect({ to: '/settings/people', replace: true });
      },
    }),
    createRoute({ ...below('/people'), component: lazyRouteComponent(() => import('./people.tsx'), 'People') }),
    createRoute({
      ...below('/api-tokens'),
      component: lazyRouteComponent(() => import('./api-tokens.tsx'), 'ApiTokens'),
    }),
    createRoute({
      ...below('/sign-in'),
      component: lazyRouteComponent(() => import('./sign-in-ways.tsx'), 'SignInWays'),
    }),
    createRoute({ ...below('/mail'), component: lazyRouteComponent(() => import('./mail.tsx'), 'Mail') }),
    createRoute({
      ...below('/retention'),
      component: lazyRouteComponent(() => import('./retention.tsx'), 'Retention'),
    }),
    createRoute({
      ...below('/password'),
      component: lazyRouteComponent(() => import('./own-account.tsx'), 'OwnAccount'),
    }),
    createRoute({ ...below('/about'), component: lazyRouteComponent(() => import('./about.tsx'), 'About') }),
  ]),
  ...auditRoutes,
] as const;
