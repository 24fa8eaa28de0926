import type { Json, JsonObject } from '@rollcall/scim';
import { problemSchema } from '../../contract/problem.ts';
import { PROBLEMS, type ProblemKind } from '../problem.ts';
import { type Components, componentsOf } from './components.ts';
import type { DescribedRoute, RouteGroup } from './described-route.ts';
import { parametersOf } from './parameter-schemas.ts';
import type { RegisteredRoute } from './registered-route.ts';

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';
/** One document after another. */
const SEQUENCES = new Set(['application/x-ndjson', 'text/event-stream']);

const ABOUT = [
  'What the console, the command line and programs of your own use. Over TCP every request needs credentials: an API',
  'token (`Authorization: Bearer ...`, made with `rollcall api-token add`) or a session of the console. Errors are',
  'problem documents (RFC 9457): `type` stays the same, `detail` says what to do next. Answers may get new members;',
  'requests with unknown members are refused. Times are RFC 3339 in UTC.',
].join(' ');

/** The OpenAPI 3.1 document of what is registered, in the words of the table. What the table does not have is left out. */
export function openApiDocument(
  registered: readonly RegisteredRoute[],
  groups: readonly RouteGroup[],
  version: string,
): JsonObject {
  const routes = groups.flatMap((group) => group.routes);
  const components = componentsOf(
    [
      { schema: problemSchema, name: 'Problem' },
      ...routes.flatMap((route) =>
        route.answer === undefined ? [] : [{ schema: route.answer, name: `${nameOf(route)}Answer` }],
      ),
    ],
    routes.flatMap((route) => (route.body === undefined ? [] : [{ schema: route.body, name: `${nameOf(route)}Body` }])),
  );
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, routes: described } of groups) {
    for (const route of described) {
      const known = registered.find(({ method, path }) => method === route.method && path === route.path);
      if (known === undefined) continue;
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, name, known, components) };
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Rollcall', version, description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api' }],
    security: [{ apiToken: [] }, { session: [] }],
    tags: groups.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      securitySchemes: {
        apiToken: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'rollcall-session',
          description: 'A session of the console; what is not a GET also needs the header `x-rollcall-console: 1`',
        },
      },
      schemas: { ...components.schemas },
    },
  };
}

/** `GET /identity-servers/:server` → `GetIdentityServersServer`. */
const nameOf = ({ method, path }: DescribedRoute): string =>
  [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/)]
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

function operation(route: DescribedRoute, tag: string, known: RegisteredRoute, components: Components): JsonObject {
  const { summary, description, body, bodyOptional } = route;
  const id = nameOf(route);
  return {
    operationId: id.slice(0, 1).toLowerCase() + id.slice(1),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    'x-role': known.role,
    ...(known.localOnly ? { 'x-local-only': true } : {}),
    ...(known.role === 'anyone' ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: bodyOptional !== true,
            content: { [JSON_TYPE]: { schema: components.body(body) } },
          },
        }),
    responses: responses(route, known, components),
  };
}

const pathParameters = ({ path }: DescribedRoute): JsonObject[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: DescribedRoute): JsonObject[] {
  if (query === undefined) return [];
  return parametersOf(query).map(({ name, schema, required }) => {
    const { description, ...rest } = schema;
    return { name, in: 'query', required, schema: rest, ...(description === undefined ? {} : { description }) };
  });
}

function responses(route: DescribedRoute, known: RegisteredRoute, components: Components): JsonObject {
  const problem = { [PROBLEM_TYPE]: { schema: components.answer(problemSchema) } };
  const refused: Record<string, Json> = {};
  for (const [code, kinds] of byStatus(problemsOf(route, known))) {
    const titles = kinds.map((kind) => `${PROBLEMS[kind].title} (\`${kind}\`)`);
    refused[code] = { description: titles.join('; '), content: problem };
  }
  const { answer, media = answer === undefined ? [] : [JSON_TYPE] } = route;
  const done = Object.fromEntries(media.map((type) => [type, content(type, answer && components.answer(answer))]));
  return {
    [route.status ?? (media.length === 0 ? 204 : 200)]:
      media.length === 0 ? { description: 'Done' } : { description: 'Done', content: done },
    ...refused,
    default: { description: 'Anything else', content: problem },
  };
}

function content(type: string, schema: JsonObject | undefined): JsonObject {
  if (type === JSON_TYPE) return { schema: schema ?? {} };
  const isSequence = SEQUENCES.has(type) && schema !== undefined;
  // OpenAPI 3.1 has no word for the items of a stream.
  return { schema: { type: 'string' }, ...(isSequence ? { 'x-item': schema } : {}) };
}

/** What can go wrong at a route: what it says itself, and what can everywhere. */
function problemsOf({ path, query, body, problems = [] }: DescribedRoute, known: RegisteredRoute): ProblemKind[] {
  return [
    ...(query !== undefined || body !== undefined ? (['invalid-request'] as const) : []),
    ...(known.role === 'anyone' ? [] : (['not-authenticated'] as const)),
    ...(known.role === 'auditor' || known.role === 'anyone'
      ? []
      : (['read-only', 'not-allowed', 'cross-site'] as const)),
    ...(known.localOnly ? (['local-only'] as const) : []),
    ...(path.includes(':') ? (['not-found'] as const) : []),
    ...problems,
  ];
}

function byStatus(kinds: readonly ProblemKind[]): [string, ProblemKind[]][] {
  const groups = Map.groupBy(new Set(kinds), (kind) => String(PROBLEMS[kind].status));
  return [...groups].toSorted(([a], [b]) => Number(a) - Number(b));
}
