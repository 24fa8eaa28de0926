import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { NotFound } from '../components/not-found.tsx';
import { PageError } from '../components/page-error.tsx';
import { applicationRoutes } from '../pages/applications/routes.tsx';
import { homeRoutes } from '../pages/home/routes.tsx';
import { identityServerRoutes } from '../pages/identity-servers/routes.tsx';
import { settingsRoutes } from '../pages/settings/routes.tsx';
import { signInRoutes } from '../pages/sign-in/routes.tsx';
import { rootRoute, signedInRoute } from './root-route.tsx';

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  signedInRoute.addChildren([...homeRoutes, ...identityServerRoutes, ...applicationRoutes, ...settingsRoutes]),
]);

/** The addresses of the console; each page is loaded when it is opened first. */
export const createConsoleRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageError,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
