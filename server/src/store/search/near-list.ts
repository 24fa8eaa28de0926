import type { SearchQuery } from '../contract.ts';

/** Resources that the main thread passes over to reach a page: more take longer than a lookup. */
const NEAR = 2000;

/** Whether a search is for a page of all resources that is near, or continues a walk. */
export function isNearList({ filter, sort, page }: SearchQuery): boolean {
  const isNear = page.kind === 'after' || page.startIndex + page.count <= NEAR;
  return filter === undefined && sort === undefined && isNear;
}
