import {
  planItemSchema,
  planListSchema,
  planQuerySchema,
  planSchema,
  planWithItemsSchema,
} from '../../../contract/plan.ts';
import type { DescribedRoute, RouteGroup } from '../described-route.ts';

export const planRoutes: RouteGroup = {
  name: 'Plans',
  about: 'Dry runs that are kept to be read, approved and applied.',
  routes: [
    {
      method: 'GET',
      path: '/applications/:application/plans',
      summary: 'List plans',
      answer: planListSchema,
    },
    {
      method: 'POST',
      path: '/applications/:application/plans',
      summary: 'Make a plan',
      description: 'What a full cycle would change, found without changing anything.',
      answer: planSchema,
      status: 201,
      problems: ['not-usable', 'target-failed'],
    },
    ...of('/plans/:plan', ''),
    ...of('/applications/:application/plans/:plan', ' of an application'),
  ],
};

function of(base: string, where: string): DescribedRoute[] {
  return [
    {
      method: 'GET',
      path: base,
      summary: `Read a plan${where}`,
      query: planQuerySchema,
      answer: planWithItemsSchema,
    },
    {
      method: 'POST',
      path: `${base}/apply`,
      summary: `Apply a plan${where}`,
      description: 'Items whose objects have changed since are refused, one by one.',
      answer: planSchema,
      problems: ['not-usable', 'target-failed'],
    },
    {
      method: 'POST',
      path: `${base}/discard`,
      summary: `Discard a plan${where}`,
      answer: planSchema,
      problems: ['not-usable'],
    },
    {
      method: 'POST',
      path: `${base}/items/:n/reject`,
      summary: `Leave an item out of a plan${where}`,
      answer: planItemSchema,
      problems: ['not-usable'],
    },
  ];
}
