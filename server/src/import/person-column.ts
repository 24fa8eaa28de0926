import {
  type AttributeReference,
  ENTERPRISE_USER_SCHEMA,
  type Json,
  PATCH_SCHEMA,
  parsePatch,
  type ResourceType,
  resolveAttribute,
  ScimError,
} from '@rollcall/scim';

/** What the friendly names of a people file mean. */
const PATHS: ReadonlyMap<string, string> = new Map([
  ['givenname', 'name.givenName'],
  ['familyname', 'name.familyName'],
  ['email', 'emails[type eq "work"].value'],
  ['phone', 'phoneNumbers[type eq "work"].value'],
  ['department', `${ENTERPRISE_USER_SCHEMA}:department`],
  ['employeenumber', `${ENTERPRISE_USER_SCHEMA}:employeeNumber`],
]);

/** What a column of a people file is for. */
export type PersonColumn =
  | {
      readonly kind: 'attribute';
      readonly path: string;
      /** What an empty value removes: the whole element of `emails[type eq "work"].value`. */
      readonly removal: string;
      readonly reference: AttributeReference;
      /** Whether the path means all values of a multi-valued attribute. */
      readonly isWhole: boolean;
    }
  /** The manager's externalId, userName or id. */
  | { readonly kind: 'manager' }
  | { readonly kind: 'ignored'; readonly reason: string | undefined };

/** What a SCIM resource has that is not for a client to write. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['schemas', 'id', 'meta', 'groups']);

/** Finds what a column means: a friendly name, or any SCIM path of the type, in any case. */
export function personColumn(type: ResourceType, name: string): PersonColumn {
  const lower = name.trim().toLowerCase();
  if (NOT_WRITTEN.has(lower)) return { kind: 'ignored', reason: undefined };
  const given = PATHS.get(lower) ?? name.trim();
  const path = resolveAttribute(type, given, { guessExtension: true })?.text ?? given;
  if (path === `${ENTERPRISE_USER_SCHEMA}:manager` || path === `${ENTERPRISE_USER_SCHEMA}:manager.value`)
    return { kind: 'manager' };
  const found = referenceOf(type, path);
  if (typeof found === 'string') return { kind: 'ignored', reason: found };
  const { sub, attribute } = found;
  const isElement = path.includes('[');
  const removal = isElement && sub?.name === 'value' ? path.slice(0, path.lastIndexOf(']') + 1) : path;
  return {
    kind: 'attribute',
    path,
    removal,
    reference: found,
    isWhole: attribute.multiValued && sub === undefined && !isElement,
  };
}

/** The reference of a path that can be written, or why there is none: the checks are those of a PATCH. */
function referenceOf(type: ResourceType, path: string): AttributeReference | string {
  try {
    const body = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'remove', path }] };
    const [operation] = parsePatch(type, body, { compatibility: 'strict', notes: [] }).operations;
    if (operation?.target.kind === 'attribute') return operation.target.reference;
    return `${path} cannot be imported`;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return error.message.replace(/^Operations\[\d+\]: /, '');
  }
}

/** A cell's text as the attribute's type wants it; text that does not fit is left for SCIM to refuse. */
export function typedValue(reference: AttributeReference, text: string): Json {
  const { type } = reference.sub ?? reference.attribute;
  if (type === 'boolean') {
    if (/^(true|yes|1)$/i.test(text)) return true;
    if (/^(false|no|0)$/i.test(text)) return false;
  }
  if ((type === 'integer' || type === 'decimal') && /^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
