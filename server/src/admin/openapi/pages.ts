import type { JsonObject } from '@rollcall/scim';
import { type Html, html, prose } from './html.ts';
import { operationHtml, type PlacedOperation } from './operation-html.ts';
import { objectOf } from './tidy-schema.ts';

const STYLE: Html = {
  html: `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 25%, transparent); }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; }
h2 { font-size: 1.15rem; overflow-wrap: anywhere; } h3 { font-size: 1rem; margin-bottom: .25rem; }
code, pre { font: .9rem/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
.method { font-weight: 700; } .type { font-weight: 400; font-size: .9rem; opacity: .8; }
.members { padding-inline-start: 1.25rem; } nav ul { padding-inline-start: 1.25rem; }
`,
};

/** The page that all begin at: what the API is, and every operation with a link. */
export function indexPage(document: JsonObject): string {
  const { info } = document;
  const { title, version, description } = objectOf(info);
  const groups = tagsOf(document).map(({ name, description: about }) => {
    const rows = operationsOf(document, name).map(
      ({ method, path, operation }) =>
        html`<li><a href="/api/docs/${slugOf(name)}#${String(operation.operationId)}"><span class="method">${method}</span> <code>/api${path}</code></a> ${String(operation.summary)}</li>`,
    );
    return html`<h2><a href="/api/docs/${slugOf(name)}">${name}</a></h2><p>${prose(about)}</p><ul>${rows}</ul>`;
  });
  return page(
    `${String(title)} API`,
    html`<h1>${String(title)} API <span class="type">${String(version)}</span></h1>
<p>${prose(String(description))}</p>
<p>The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Operations">${groups}</nav>`,
  );
}

/** The page of a group; undefined when there is none of this name in a URL. */
export function groupPage(document: JsonObject, slug: string): string | undefined {
  const group = tagsOf(document).find(({ name }) => slugOf(name) === slug);
  if (group === undefined) return undefined;
  const schemas = schemasOf(document);
  const operations = operationsOf(document, group.name);
  const links = operations.map(
    ({ operation }) => html`<li><a href="#${String(operation.operationId)}">${String(operation.summary)}</a></li>`,
  );
  return page(
    `${group.name} - Rollcall API`,
    html`<p><a href="/api/docs">Rollcall API</a></p><h1>${group.name}</h1><p>${prose(group.description)}</p>
<nav aria-label="On this page"><ul>${links}</ul></nav>
${operations.map((placed) => operationHtml(placed, schemas))}`,
  );
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>
<body><main>${content}</main></body>
</html>
`.html;
}

const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function tagsOf({ tags }: JsonObject): { name: string; description: string }[] {
  const list = Array.isArray(tags) ? tags.map(objectOf) : [];
  return list.map(({ name, description }) => ({ name: String(name), description: String(description) }));
}

function operationsOf({ paths }: JsonObject, tag: string): PlacedOperation[] {
  return Object.entries(objectOf(paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).flatMap(([method, one]) => {
      const operation = objectOf(one);
      const isOfTag = Array.isArray(operation.tags) && operation.tags.includes(tag);
      return isOfTag ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
}

function schemasOf({ components }: JsonObject): Record<string, JsonObject> {
  const { schemas } = objectOf(components);
  return Object.fromEntries(Object.entries(objectOf(schemas)).map(([name, schema]) => [name, objectOf(schema)]));
}
