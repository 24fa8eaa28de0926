import { type Complex, isComplex, read, write } from './value.ts';

/** What a client may ask of a representation (RFC 7644 §3.9): whole attributes, by name or URN. */
export function project(resource: Complex, query: URLSearchParams): Complex {
  const names = (parameter: string): string[] | undefined =>
    query
      .get(parameter)
      ?.split(',')
      .map((name) => name.trim());
  const wanted = names('attributes');
  const projected = wanted === undefined ? structuredClone(resource) : only(resource, wanted);
  for (const name of names('excludedAttributes') ?? []) drop(projected, name);
  return projected;
}

function only(resource: Complex, wanted: readonly string[]): Complex {
  const projected: Complex = {};
  for (const name of ['schemas', 'id', ...wanted]) {
    const [container, attribute] = locate(resource, name);
    const value = read(container, attribute);
    if (container === resource) write(projected, attribute, value);
    else write(projected, name.slice(0, name.lastIndexOf(':')), { [attribute]: value ?? null });
  }
  return structuredClone(projected);
}

function drop(resource: Complex, name: string): void {
  const [container, attribute] = locate(resource, name);
  if (!/^(id|schemas)$/i.test(attribute)) write(container, attribute, undefined);
}

/** Where an attribute is; a sub-attribute stands for the attribute it belongs to. */
function locate(resource: Complex, name: string): [container: Complex, attribute: string] {
  if (!/^urn:/i.test(name) || read(resource, name) !== undefined) return [resource, name.split('.')[0] ?? name];
  const end = name.lastIndexOf(':');
  const extension = read(resource, name.slice(0, end));
  const attribute = name.slice(end + 1).split('.')[0] ?? '';
  return [isComplex(extension) ? extension : /core:2\.0:\w+$/i.test(name.slice(0, end)) ? resource : {}, attribute];
}

/** A ListResponse with one page (RFC 7644 §3.4.2.4). */
export function page(
  resources: readonly Complex[],
  query: URLSearchParams,
  pageSize: number,
  represent: (resource: Complex) => Complex,
): Complex {
  const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1) || 1);
  const count = Math.min(pageSize, Math.max(0, Number(query.get('count') ?? pageSize) || 0));
  const Resources = resources.slice(startIndex - 1, startIndex - 1 + count).map(represent);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    startIndex,
    itemsPerPage: Resources.length,
    Resources,
  };
}
