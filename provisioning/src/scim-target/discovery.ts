import { isArray, isObject, type Json, type JsonObject, USER_SCHEMA } from '@rollcall/scim';
import type { Call } from '../target.ts';
import { readObject } from './answer-error.ts';
import type { Learning } from './learning.ts';
import type { Capability } from './profile.ts';
import type { Requester } from './requester.ts';

/** Reads what a service provider says of itself (RFC 7644 §4). All of it is optional: what fails is left out. */
export async function discover(send: Requester['send'], learning: Learning, call: Call): Promise<void> {
  const read = (path: string): Promise<JsonObject | undefined> =>
    send({ method: 'GET', path }, call)
      .then(readObject)
      .catch(() => undefined);
  const [config, resourceTypes, schemas] = await Promise.all([
    read('/ServiceProviderConfig'),
    read('/ResourceTypes'),
    read('/Schemas'),
  ]);
  if (config !== undefined) readConfig(config, learning);
  const types = resourcesOf(resourceTypes);
  if (types.length > 0) {
    const value = types.some(({ endpoint, name }) => endpoint === '/Groups' || name === 'Group');
    learning.learn('groups', announced(value, `ResourceTypes ${value ? 'lists' : 'does not list'} groups.`));
  }
  const user = resourcesOf(schemas).find(({ id }) => String(id).toLowerCase() === USER_SCHEMA.toLowerCase());
  if (isArray(user?.attributes)) {
    const value = user.attributes.some((attribute) => isObject(attribute) && attribute.name === 'active');
    const evidence = `The schema of users has ${value ? 'an' : 'no'} attribute active.`;
    learning.learn('deactivate', announced(value, evidence));
  }
}

function readConfig(config: JsonObject, learning: Learning): void {
  for (const name of ['patch', 'bulk'] as const) {
    const value = supported(config[name]);
    if (value === undefined) continue;
    learning.learn(name, announced(value, `ServiceProviderConfig says ${name}.supported: ${value}.`));
  }
  const { pagination } = config;
  if (!isObject(pagination)) return;
  const value = pagination.cursor === true && pagination.index === false ? 'cursor' : 'startIndex';
  learning.learn('paging', announced(value, `ServiceProviderConfig names ${value} in pagination.`));
}

const supported = (part: Json | undefined): boolean | undefined =>
  isObject(part) && typeof part.supported === 'boolean' ? part.supported : undefined;

const resourcesOf = (list: JsonObject | undefined): readonly JsonObject[] =>
  isArray(list?.Resources) ? list.Resources.filter(isObject) : [];

const announced = <T>(value: T, evidence: string): Capability<T> => ({ value, how: 'announced', evidence });
