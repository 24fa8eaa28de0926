import type { JsonObject } from '@rollcall/scim';
import { exampleOf } from './example.ts';
import { type Html, html, prose } from './html.ts';
import { aboutHtml, membersHtml, typeOf } from './schema-html.ts';
import { objectOf } from './tidy-schema.ts';

type Schemas = Readonly<Record<string, JsonObject>>;

/** An operation of the document, and where it is. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An operation as a section of a page: what it takes, what it answers, an example of both. */
export function operationHtml({ method, path, operation }: PlacedOperation, schemas: Schemas): Html {
  const { summary, description, operationId, parameters } = operation;
  const body = firstContent(objectOf(operation.requestBody));
  return html`<section id="${text(operationId)}">
<h2><span class="method">${method}</span> <code>/api${path}</code></h2>
<p><strong>${text(summary)}.</strong> ${prose(text(description))}</p>
<p>${whoHtml(operation)}</p>
${parametersHtml(Array.isArray(parameters) ? parameters.map(objectOf) : [], schemas)}${
  body === undefined ? undefined : html`<h3>Request</h3>${partHtml(body.schema, schemas)}`
}
${curlHtml(method, path, body?.schema, schemas)}
${answersHtml(objectOf(operation.responses), schemas)}
</section>
`;
}

function whoHtml(operation: JsonObject): Html {
  if (operation['x-local-only'] === true) return html`Only the command line on the server itself.`;
  const role = text(operation['x-role']);
  if (role === 'anyone') return html`Needs no credentials.`;
  return role === 'person' ? html`For whoever has signed in to the console.` : html`Role: ${role}.`;
}

function parametersHtml(parameters: readonly JsonObject[], schemas: Schemas): Html {
  if (parameters.length === 0) return html``;
  const rows = parameters.map(({ name, required, schema, description, ...where }) => {
    const shape = { ...objectOf(schema), ...(description === undefined ? {} : { description }) };
    const place = where.in === 'path' ? 'path' : required === true ? 'query' : 'query, optional';
    return html`<tr><th scope="row"><code>${text(name)}</code></th><td>${place}</td><td>${typeOf(shape, schemas)}</td><td>${aboutHtml(shape)}</td></tr>`;
  });
  return html`<table><thead><tr><th scope="col">Parameter</th><th scope="col">Where</th><th scope="col">Type</th><th scope="col">What</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function answersHtml(responses: JsonObject, schemas: Schemas): Html {
  const rows = Object.entries(responses).filter(([status]) => status !== 'default');
  const good = rows.filter(([status]) => status < '400');
  const bad = rows.filter(([status]) => status >= '400');
  const answers = good.map(([status, response]) => {
    const content = firstContent(objectOf(response));
    if (content === undefined) return html`<h3>Answer ${status}</h3><p>No body.</p>`;
    return html`<h3>Answer ${status} <span class="type">${content.types.join(', ')}</span></h3>${
      content.isText ? undefined : partHtml(content.schema, schemas)
    }`;
  });
  const problems = bad.map(
    ([status, response]) => html`<li><strong>${status}</strong> ${prose(text(objectOf(response).description))}</li>`,
  );
  return html`${answers}<h3>Problems</h3><ul>${problems}</ul>`;
}

const partHtml = (schema: JsonObject, schemas: Schemas): Html => html`${membersHtml(schema, schemas)}
<details><summary>Example</summary><pre>${JSON.stringify(exampleOf(schema, schemas), undefined, 2)}</pre></details>`;

function curlHtml(method: string, path: string, body: JsonObject | undefined, schemas: Schemas): Html {
  const url = `https://scim.example.com/api${path.replace('{server}', 'entra').replace('{application}', 'crm')}`;
  const lines = [`curl -H "Authorization: Bearer $TOKEN"${method === 'GET' ? '' : ` -X ${method}`} '${url}'`];
  if (body !== undefined) {
    const example = JSON.stringify(exampleOf(body, schemas)).replaceAll("'", "'\\''");
    lines.push(`  -H 'Content-Type: application/json' -d '${example}'`);
  }
  return html`<pre>${lines.join(' \\\n')}</pre>`;
}

/** The schema of a request or an answer, with all media types that it has. */
function firstContent({ content }: JsonObject): { types: string[]; schema: JsonObject; isText: boolean } | undefined {
  const types = Object.entries(objectOf(content));
  const [first] = types;
  if (first === undefined) return undefined;
  const { schema, ...rest } = objectOf(first[1]);
  const item = rest['x-item'];
  const shown = objectOf(item ?? schema);
  return { types: types.map(([type]) => type), schema: shown, isText: item === undefined && shown.type === 'string' };
}
