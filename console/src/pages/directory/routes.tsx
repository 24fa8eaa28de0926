import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchReader } from '../../app/search-reader.ts';
import { identityServerRoute } from '../identity-servers/identity-server-route.tsx';
import { readListSearch } from './list-search.ts';

const getParentRoute = () => identityServerRoute;

export const usersRoute = createRoute({
  getParentRoute,
  path: '/users',
  validateSearch: searchReader(readListSearch),
  component: lazyRouteComponent(() => import('./users.tsx'), 'Users'),
});

export const addUserRoute = createRoute({
  getParentRoute,
  path: '/users/add',
  component: lazyRouteComponent(() => import('./add-user.tsx'), 'AddUser'),
});

export const userRoute = createRoute({
  getParentRoute,
  path: '/users/$id',
  component: lazyRouteComponent(() => import('./user.tsx'), 'User'),
});

export const groupsRoute = createRoute({
  getParentRoute,
  path: '/groups',
  validateSearch: searchReader(readListSearch),
  component: lazyRouteComponent(() => import('./groups.tsx'), 'Groups'),
});

export const addGroupRoute = createRoute({
  getParentRoute,
  path: '/groups/add',
  component: lazyRouteComponent(() => import('./add-group.tsx'), 'AddGroup'),
});

export const groupRoute = createRoute({
  getParentRoute,
  path: '/groups/$id',
  component: lazyRouteComponent(() => import('./group.tsx'), 'Group'),
});

export const importRoute = createRoute({
  getParentRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('./import.tsx'), 'Import'),
});

/** Users and groups of an identity server, and where they come from. */
export const directoryRoutes = [
  usersRoute,
  addUserRoute,
  userRoute,
  groupsRoute,
  addGroupRoute,
  groupRoute,
  importRoute,
] as const;
