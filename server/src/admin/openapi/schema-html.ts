import type { Json, JsonObject } from '@rollcall/scim';
import { type Html, html, prose } from './html.ts';
import { objectOf, PLACE } from './tidy-schema.ts';

type Schemas = Readonly<Record<string, JsonObject>>;

/** Members of members are shown so deep; the example shows the rest. */
const DEEPEST = 3;

/** The members that a schema describes, as a list in lists; nothing for what has none. */
export function membersHtml(schema: JsonObject, schemas: Schemas, depth = 0): Html {
  const { properties, required } = objectBehind(schema, schemas);
  const members = Object.entries(objectOf(properties));
  if (members.length === 0 || depth > DEEPEST) return html``;
  const needed = new Set(Array.isArray(required) ? required : []);
  const rows = members.map(([name, member]) => {
    const one = objectOf(member);
    return html`<li><code>${name}</code> <span class="type">${typeOf(one, schemas)}</span>${
      needed.has(name) ? html`` : html` <span class="type">optional</span>`
    } ${aboutHtml(one)}${membersHtml(one, schemas, depth + 1)}</li>`;
  });
  return html`<ul class="members">${rows}</ul>`;
}

/** What a value may be, in a few words. */
export function typeOf(schema: JsonObject, schemas: Schemas): string {
  const { $ref, type, enum: values, anyOf, oneOf, format, items } = schema;
  if (typeof $ref === 'string') return typeOf(schemas[$ref.slice(PLACE.length)] ?? {}, schemas);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  const choices = [anyOf, oneOf].find(Array.isArray);
  if (Array.isArray(choices)) return [...new Set(choices.map((one) => typeOf(objectOf(one), schemas)))].join(' | ');
  if (type === 'array') return `list of ${typeOf(objectOf(items), schemas)}`;
  if (typeof format === 'string') return format;
  if (Array.isArray(type)) return type.join(' | ');
  return typeof type === 'string' ? type : 'any JSON';
}

/** What is said of a value, and which values it may have. */
export function aboutHtml(schema: JsonObject): Html {
  const { description, minimum, maximum } = schema;
  const notes = [
    typeof description === 'string' ? description : undefined,
    schema.default === undefined ? undefined : `Default ${JSON.stringify(schema.default)}`,
    rangeOf(minimum, maximum),
  ].filter((note) => note !== undefined);
  return prose(notes.map((note) => note.replace(/\.$/, '')).join('. '));
}

function rangeOf(minimum: Json | undefined, maximum: Json | undefined): string | undefined {
  if (typeof minimum === 'number' && typeof maximum === 'number') return `From ${minimum} to ${maximum}`;
  if (typeof minimum === 'number') return `At least ${minimum}`;
  return typeof maximum === 'number' ? `At most ${maximum}` : undefined;
}

/** The object that a schema stands for, behind references, lists and what may be null. */
function objectBehind(schema: JsonObject, schemas: Schemas): JsonObject {
  const { $ref, anyOf, items } = schema;
  if (typeof $ref === 'string') return objectBehind(schemas[$ref.slice(PLACE.length)] ?? {}, schemas);
  if (Array.isArray(anyOf)) return objectBehind(objectOf(anyOf[0]), schemas);
  return schema.type === 'array' ? objectBehind(objectOf(items), schemas) : schema;
}
