// What the same requests cost with nothing but node:http, JSON and one prepared statement each: the same bytes go in and
// out, and a write is on disk before its answer, by one commit and one fdatasync for all that wait.
import { randomUUID } from 'node:crypto';
import { fdatasync, openSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const [directory = '.', port = '0'] = process.argv.slice(2);
const database = new DatabaseSync(`${directory}/floor.db`);
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;
  CREATE TABLE user (seq INTEGER PRIMARY KEY, id UNIQUE, user_name UNIQUE, created, modified, document);
  CREATE TABLE member (group_id, user_id, PRIMARY KEY (group_id, user_id)) WITHOUT ROWID;`);
const log = openSync(`${directory}/floor.db-wal`, 'r+');
const sql = (text: string) => database.prepare(text);
const insert = sql('INSERT INTO user VALUES (NULL, ?, ?, ?, ?, ?) RETURNING *');
const update = sql(
  "UPDATE user SET modified = ?, document = json_set(document, '$.title', ?) WHERE id = ? RETURNING *",
);
const join = sql('INSERT INTO member VALUES (?, ?)');
const get = sql('SELECT * FROM user WHERE id = ?');
const lookup = sql('SELECT * FROM user WHERE user_name = ?');
const page = sql('SELECT * FROM user ORDER BY seq LIMIT 100');
const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
const queue: { run: () => unknown; id: string; status: number; response: ServerResponse; body?: unknown }[] = [];
let isBusy = false;

const locationOf = (id: unknown) => `http://127.0.0.1:${port}/Users/${id}`;
function resource({ id, created, modified, document }: Record<string, unknown> = {}): unknown {
  const [first, last] = [created, modified].map((time) => new Date(Number(time)).toISOString());
  const meta = { resourceType: 'User', created: first, lastModified: last, location: locationOf(id), version: 'W/"1"' };
  return { id, ...JSON.parse(String(document)), meta };
}

function respond(response: ServerResponse, status: number, id: string, body: unknown): void {
  const headers = { 'content-type': 'application/scim+json', etag: 'W/"1"', location: locationOf(id) };
  response.writeHead(status, headers).end(body === undefined ? body : JSON.stringify(body));
}

function commit(): void {
  const group = queue.splice(0);
  isBusy = group.length > 0;
  if (!isBusy) return;
  database.exec('BEGIN IMMEDIATE');
  for (const write of group) write.body = write.run();
  database.exec('COMMIT');
  fdatasync(log, (error) => {
    if (error) throw error;
    for (const { response, status, id, body } of group) respond(response, status, id, body);
    setImmediate(commit);
  });
}

function read(id: string, query: string): unknown {
  if (id !== '') return resource(get.get(id));
  const filter = /^userName eq "(.*)"$/.exec(new URLSearchParams(query).get('filter') ?? '');
  const Resources = (filter === null ? page.all() : lookup.all(filter[1] ?? '')).map(resource);
  const count = Resources.length;
  return { schemas, totalResults: count, startIndex: 1, itemsPerPage: count, Resources };
}

function write(response: ServerResponse, resources: string, id: string, text: string): void {
  const [body, made, now] = [JSON.parse(text), randomUUID(), Date.now()];
  const user = () => resource(insert.get(made, body.userName, now, now, text));
  const create = () => (resources === 'Users' ? user() : { id: made });
  const change = () => resource(update.get(now, body.Operations[0].value, id));
  const add = () => void join.run(id, body.Operations[0].value[0].value);
  const [status, run] = id === '' ? [201, create] : resources === 'Groups' ? [204, add] : [200, change];
  queue.push({ run, id: id || made, status, response });
  if (!isBusy) setImmediate(commit);
  isBusy = true;
}

createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  const [, resources = '', id = '', query = ''] = /^\/(\w+)\/?([^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
  if (request.method === 'GET') return respond(response, 200, id, read(id, query));
  const parts: string[] = [];
  request.setEncoding('utf8').on('data', (part) => parts.push(part));
  return request.on('end', () => write(response, resources, id, parts.join('')));
}).listen(Number(port), '127.0.0.1');
