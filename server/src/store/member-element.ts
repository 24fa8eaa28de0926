import { isObject, type Json, type JsonObject } from '@rollcall/scim';

/** A row of `member` with its resource's label. */
export interface MemberElementRow {
  readonly member_id: string;
  readonly member_type: string;
  readonly sent: string | null;
  readonly label: string;
}

/** A member with what is known of it, and over that what the client sent. */
export function elementOf(row: MemberElementRow): JsonObject {
  const sent: Json = row.sent === null ? null : JSON.parse(row.sent);
  return { type: row.member_type, display: row.label, ...(isObject(sent) ? sent : {}), value: row.member_id };
}
