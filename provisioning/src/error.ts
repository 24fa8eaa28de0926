/**
 * Every error that a provisioning log can show, by code. The names are Entra's where it has one, so that what people
 * know of them holds. `advice` says what to do next; `retry` whether trying again by itself can help.
 * `whole` marks errors that concern the connection and not one object: they hold the job back.
 */
export const ERRORS = {
  EntryConflict: {
    reason: 'The target refused it because another object already has one of its values (409).',
    advice: 'Give one of the two another value, or let the mapping match on an attribute that finds the other one.',
    retry: true,
    whole: false,
  },
  TooManyRequests: {
    reason: 'The target asked to send less (429), again and again.',
    advice: 'Nothing: it is tried again. If it stays so, ask the owner of the target for a higher limit.',
    retry: true,
    whole: false,
  },
  InternalServerError: {
    reason: 'The target failed (5xx).',
    advice: 'Nothing: it is tried again. If it stays so, look into the log of the target.',
    retry: true,
    whole: false,
  },
  Timeout: {
    reason: 'The target did not answer in time.',
    advice: 'Nothing: it is tried again. If it stays so, look why the target is slow.',
    retry: true,
    whole: false,
  },
  WebExceptionProtocolError: {
    reason: 'The connection failed, or what came was not HTTP.',
    advice: 'Test the connection: it says whether name, port, network or TLS is at fault.',
    retry: true,
    whole: false,
  },
  Unauthorized: {
    reason: 'The target did not accept the credentials (401).',
    advice: 'Enter valid credentials and test the connection.',
    retry: true,
    whole: true,
  },
  InsufficientRights: {
    reason: 'The target accepted the credentials, but they may not do this (403).',
    advice: 'Give the account behind the credentials the right to manage users and groups.',
    retry: true,
    whole: false,
  },
  MethodNotAllowed: {
    reason: 'The target does not know this method (405).',
    advice: 'Test the connection: what the target can do is found out again.',
    retry: true,
    whole: false,
  },
  NotImplemented: {
    reason: 'The target has not implemented this (501).',
    advice: 'Disable the mapping of this type of object, or ask the maker of the target.',
    retry: true,
    whole: false,
  },
  UnprocessableEntity: {
    reason: 'The target understood the request but refuses its values (422).',
    advice: 'Read its answer, then correct the values in the directory or the mapping.',
    retry: true,
    whole: false,
  },
  BadRequest: {
    reason: 'The target refused the request (400).',
    advice: 'Read its answer, then correct the values or the mapping, or choose the other PATCH dialect.',
    retry: true,
    whole: false,
  },
  PayloadTooLarge: {
    reason: 'The request was too large for the target (413).',
    advice: 'Nothing: smaller requests are tried. A single value that is too large must become smaller.',
    retry: true,
    whole: false,
  },
  ServiceIncompatible: {
    reason: 'The answer of the target is not SCIM.',
    advice: 'Check the URL; it must be the base of the SCIM API, without /Users.',
    retry: true,
    whole: true,
  },
  IncompatibleFiltering: {
    reason: 'The target cannot search by the attribute that the mapping matches on.',
    advice: 'Match on another attribute (userName is searchable almost everywhere), or test the connection again.',
    retry: true,
    whole: false,
  },
  AddressRefused: {
    reason: 'The address of the target is one that this installation does not call.',
    advice:
      'Use another address; link-local and metadata addresses are never called, private ones not with --targets public.',
    retry: false,
    whole: true,
  },
  InvalidAnchor: {
    reason: 'The linked object is gone from the target.',
    advice: 'Nothing: the link is dropped and the object matched or created anew.',
    retry: true,
    whole: false,
  },
  DuplicateTargetEntries: {
    reason: 'More than one object of the target has the matching value.',
    advice: 'Remove or change the superfluous ones in the target, or match on an attribute that is unique there.',
    retry: true,
    whole: false,
  },
  DuplicateSourceEntries: {
    reason: 'The matching object of the target is already linked to another object of the directory.',
    advice: 'Give the two objects of the directory different values of the matching attribute.',
    retry: true,
    whole: false,
  },
  MissingValues: {
    reason: 'A value that the target requires is empty.',
    advice: 'Fill the attribute in the directory, or give the mapping a default value.',
    retry: false,
    whole: false,
  },
  ImportSkipped: {
    reason: 'The object has no value for any matching attribute.',
    advice: 'Fill the attribute in the directory, or match on another one.',
    retry: false,
    whole: false,
  },
  SchemaPropertyCanOnlyAcceptValue: {
    reason: 'The mapping gives several values to an attribute that takes one.',
    advice: 'Choose one in the mapping: Item([…], 1), or Join(", ", […]).',
    retry: false,
    whole: false,
  },
  ExpressionFailed: {
    reason: 'An expression of the mapping has no result for this object.',
    advice: 'Try the expression with this object: rollcall expression try.',
    retry: false,
    whole: false,
  },
  ExpressionTimeout: {
    reason: 'A regular expression of the mapping or the scope took longer than its budget.',
    advice: 'Write it without nested repetition, such as (a+)+.',
    retry: false,
    whole: false,
  },
  MemberRefused: {
    reason: 'The target refused a member.',
    advice: 'Read its answer. The other members of the group are not affected.',
    retry: true,
    whole: false,
  },
  Drifted: {
    reason: 'Somebody else changed it in the target.',
    advice: 'Nothing: what the directory says is sent again.',
    retry: true,
    whole: false,
  },
  InternalError: {
    reason: 'Rollcall itself failed.',
    advice: 'Nothing: it is tried again. If it stays so, report it with the log of the server.',
    retry: true,
    whole: false,
  },
} as const satisfies Record<string, { reason: string; advice: string; retry: boolean; whole: boolean }>;

export type ErrorCode = keyof typeof ERRORS;
