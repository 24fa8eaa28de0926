import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from './definition.ts';

/** An attribute found in a resource type: where it lives and what it is. */
export interface AttributeReference {
  /** The URN of the extension container it lives in; undefined for core and common attributes. */
  readonly extension: string | undefined;
  readonly attribute: AttributeDefinition;
  readonly sub: AttributeDefinition | undefined;
  /** Its canonical spelling: `name.familyName`, `urn:...:User:department`. Equal references have equal texts. */
  readonly text: string;
}

/** A resource type with its schemas resolved, ready for lookups. Made once for an identity server's catalogue. */
export interface ResourceType {
  readonly definition: ResourceTypeDefinition;
  readonly name: string;
  readonly endpoint: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly { readonly schema: SchemaDefinition; readonly required: boolean }[];
  /** Core and common attributes by lower-case name. */
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
  /** Extension schemas by lower-case URN. */
  readonly extensionsByUrn: ReadonlyMap<string, ExtensionAttributes>;
  /** True for the Group type: its `members` are rows of the store, never part of the document. */
  readonly hasMembers: boolean;
  /** True for the User type: `groups` is derived from the member rows. */
  readonly hasGroups: boolean;
  /** True if a document can hold attributes that a plain answer must not show (`returned` never or request). */
  readonly hasHiddenAttributes: boolean;
  /** Attributes the store keeps index values of, so that equality finds a resource without reading documents. */
  readonly indexed: readonly AttributeReference[];
  /** Attributes declared unique (`server` or `global`), so that the store refuses a second holder. */
  readonly unique: readonly AttributeReference[];
}

export interface ExtensionAttributes {
  readonly urn: string;
  readonly required: boolean;
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
}

/** The schemas and resource types of one identity server. */
export interface Catalogue {
  /** By lower-case URN. */
  readonly schemas: ReadonlyMap<string, SchemaDefinition>;
  /** By name (`User`). */
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  /** By endpoint (`/Users`). */
  readonly endpoints: ReadonlyMap<string, ResourceType>;
}
