import { type JsonObject, PATCH_SCHEMA } from '@rollcall/scim';

/** The body of a PATCH (RFC 7644 §3.5.2). */
export const patchBody = (operations: readonly JsonObject[]): JsonObject => ({
  schemas: [PATCH_SCHEMA],
  Operations: operations,
});
