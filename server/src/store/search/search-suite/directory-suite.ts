import {
  type Catalogue,
  indexKeys,
  isObject,
  type Json,
  type JsonObject,
  parseFilter,
  type ResourceType,
  uniqueKeys,
} from '@rollcall/scim';
import { catalogueOf } from '../../catalogue-of.ts';
import type { IndexedDocument, NewResource, SearchPage, SearchQuery, Store, StoredResource } from '../../contract.ts';
import { NOW, newIdentityServer } from '../../contract-suite/world-suite.ts';

/** An identity server with an extension that has an attribute of every type. */
export interface Directory {
  readonly store: Store;
  readonly server: number;
  readonly catalogue: Catalogue;
  type(name: string): ResourceType;
  add(type: string, document: JsonObject, at?: number): Promise<StoredResource>;
  addAll(type: string, documents: readonly JsonObject[], at?: number): Promise<StoredResource[]>;
  search(query?: Asked): Promise<SearchPage>;
  /** The labels of what is found: userName or displayName. */
  labels(query?: Asked): Promise<string[]>;
  /** Labels in walks of pages by position, each page followed by `between`. */
  walk(query: Asked & { count: number }, between?: () => Promise<unknown>): Promise<string[]>;
}

export interface Asked {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly descending?: boolean;
  readonly types?: readonly string[];
  readonly page?: SearchQuery['page'];
}

export const EXTENSION = 'urn:example:params:scim:schemas:extension:suite:1.0:User';

const attribute = (name: string, type: string, more: object = {}) => ({ name, type, ...more });

const SCHEMA = {
  id: EXTENSION,
  name: 'Suite',
  attributes: [
    attribute('badge', 'string', { uniqueness: 'server' }),
    attribute('number', 'integer', { uniqueness: 'server' }),
    attribute('score', 'decimal'),
    attribute('since', 'dateTime'),
    attribute('flag', 'boolean'),
    attribute('key', 'binary'),
    attribute('site', 'reference', { referenceTypes: ['external'] }),
    attribute('exact', 'string', { caseExact: true }),
    attribute('tags', 'string', { multiValued: true }),
    attribute('lamp', 'complex', { subAttributes: [attribute('on', 'boolean'), attribute('name', 'string')] }),
  ],
};

/** The store of a suite: each of its tests makes an identity server of its own in it. */
export type OfSuite = () => Store;

let servers = 0;
let resources = 0;

/** One more identity server in a store. */
export async function directoryIn(store: Store): Promise<Directory> {
  servers++;
  const { key } = await store.settings.addIdentityServer(newIdentityServer(`search-${servers}`));
  await store.settings.saveDefinition({
    server: key,
    kind: 'schema',
    name: EXTENSION,
    definition: JSON.stringify(SCHEMA),
  });
  await store.settings.saveDefinition({
    server: key,
    kind: 'extension',
    name: `User ${EXTENSION}`,
    definition: JSON.stringify({ resourceType: 'User', schema: EXTENSION, required: false }),
  });
  const [identityServer] = (await store.settings.identityServers()).filter((one) => one.key === key);
  const catalogue = catalogueOf(await store.settings.definitions(key));
  const catalogueVersion = identityServer?.catalogueVersion ?? 0;

  const type = (name: string): ResourceType => {
    const found = catalogue.resourceTypes.get(name);
    if (found === undefined) throw new Error(`No resource type ${name}`);
    return found;
  };

  const addAll = (name: string, documents: readonly JsonObject[], at = NOW) =>
    store.transaction(async (transaction) => {
      const added: StoredResource[] = [];
      for (const document of documents)
        added.push(await transaction.insert(newResource(key, type(name), document, at)));
      return added;
    });

  const search = ({ filter, sortBy, descending = false, types = ['User'], page = FIRST }: Asked = {}) =>
    store.search({
      server: key,
      catalogue,
      catalogueVersion,
      compatibility: 'strict',
      types,
      filter: filter === undefined ? undefined : parseFilter(filter),
      sort: sortBy === undefined ? undefined : { by: sortBy, descending },
      page,
    });

  return {
    store,
    server: key,
    catalogue,
    type,
    addAll,
    async add(name, document, at = NOW) {
      const [added] = await addAll(name, [document], at);
      if (added === undefined) throw new Error('Nothing was added');
      return added;
    },
    search,
    labels: async (query) => (await search(query)).rows.map(({ label }) => label),
    async walk({ count, ...query }, between = async () => {}) {
      const labels: string[] = [];
      let position: SearchPage['next'];
      do {
        const page = await search({ ...query, page: { kind: 'after', position, count } });
        labels.push(...page.rows.map(({ label }) => label));
        position = page.next;
        await between();
      } while (position !== undefined);
      return labels;
    },
  };
}

const FIRST: SearchQuery['page'] = { kind: 'index', startIndex: 1, count: 1_000_000 };

function newResource(server: number, type: ResourceType, document: JsonObject, at: number): NewResource {
  resources++;
  return {
    server,
    type: type.name,
    id: `resource-${resources}`,
    at,
    label: String(document.userName ?? document.displayName ?? ''),
    document: JSON.stringify(document),
    index: indexKeys(type, document),
    unique: uniqueKeys(type, document),
  };
}

/** What the store keeps apart of a resource's document. */
export function valuesOf(type: ResourceType, row: StoredResource): Pick<IndexedDocument, 'index' | 'unique'> {
  const document: Json = JSON.parse(row.document);
  if (!isObject(document)) throw new Error('A document is an object');
  return { index: indexKeys(type, document), unique: uniqueKeys(type, document) };
}

/** A resource as clients see it, put together by other means than the search's own. */
export async function representationOf(directory: Directory, row: StoredResource): Promise<JsonObject> {
  const { store } = directory;
  const document: Json = JSON.parse(row.document);
  const members = row.type === 'Group' ? await store.members(row.seq, 0, 1_000_000) : [];
  const groups = row.type === 'User' ? await store.groupsOf(row.seq) : [];
  return {
    ...(isObject(document) ? document : {}),
    id: row.id,
    meta: {
      resourceType: row.type,
      created: new Date(row.created).toISOString(),
      lastModified: new Date(row.modified).toISOString(),
      version: `W/"${row.version}"`,
    },
    ...(members.length === 0 ? {} : { members: members.map(({ id, sent }) => memberElement(id, sent)) }),
    ...(groups.length === 0
      ? {}
      : { groups: groups.map(({ id, label, type }) => ({ value: id, display: label, type })) }),
  };
}

function memberElement(id: string, sent: string | null): JsonObject {
  const others: Json = sent === null ? null : JSON.parse(sent);
  return { value: id, ...(isObject(others) ? others : {}) };
}
