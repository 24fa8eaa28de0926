import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../app/root-route.tsx';
import { searchReader } from '../../app/search-reader.ts';

interface AuditSearch {
  /** Slug or id of what was changed. */
  readonly subject?: string;
  /** The entry that is open. */
  readonly entry?: number;
}

const auditSearch = ({ subject, entry }: Record<string, unknown>): AuditSearch => ({
  // A name of digits alone is read from the address as a number.
  ...(typeof subject === 'string' || typeof subject === 'number' ? { subject: String(subject) } : {}),
  ...(typeof entry === 'number' && Number.isSafeInteger(entry) ? { entry } : {}),
});

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: searchReader(auditSearch),
  component: lazyRouteComponent(() => import('./audit-log.tsx'), 'AuditLog'),
});

export const auditRoutes = [auditRoute] as const;
