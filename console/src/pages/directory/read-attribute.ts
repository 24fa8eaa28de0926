import { ENTERPRISE, type Resource } from '../../api/directory.ts';

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text at a path of a resource, such as `name.givenName`; empty when there is none. */
export function textAt(resource: Part, ...path: readonly string[]): string {
  const value = path.reduce<unknown>((now, name) => (isPart(now) ? now[name] : undefined), resource);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export const enterpriseAt = (resource: Resource, ...path: readonly string[]): string =>
  textAt(resource, ENTERPRISE, ...path);

/** The objects of a multi-valued attribute. */
export function partsAt(resource: Part, name: string): readonly Part[] {
  const value = resource[name];
  return Array.isArray(value) ? value.filter(isPart) : [];
}

/** What people call a user or a group. */
export const labelOf = (resource: Resource): string =>
  textAt(resource, 'displayName') ||
  textAt(resource, 'name', 'formatted') ||
  textAt(resource, 'userName') ||
  resource.id;

export const isActive = (resource: Resource): boolean => resource.active !== false;

export const versionOf = (resource: Resource): string => textAt(resource, 'meta', 'version');
