import type { Json, JsonObject } from '@rollcall/scim';
import type { ErrorCode } from './error.ts';
import type { ObjectType } from './source.ts';

/**
 * What a target should hold of one object, by target attribute path as the mappings write it: `userName`,
 * `name.givenName`, `emails[type eq "work"].value`, `urn:...:User:department`. A reference (`manager`) is the target's id.
 */
export type Attributes = ReadonlyMap<string, Json>;

/** One attribute that is to be changed; `to` undefined clears it. */
export interface AttributeChange {
  readonly path: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** An object of the target as it was answered; `document` is empty where the target answered without a body. */
export interface TargetObject {
  readonly id: string;
  readonly document: JsonObject;
}

/** One request and its answer, bounded, and without secrets. */
export interface Exchange {
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  readonly url: string;
  readonly requestBody: string | undefined;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly responseBody: string | undefined;
  /** What happened instead of an answer: `ECONNRESET`, `timeout after 30 s` ... */
  readonly failure: string | undefined;
}

/** How a call is made and who listens. */
export interface Call {
  /** `leaver` calls have places of their own and do not wait behind the others. */
  readonly lane: 'normal' | 'leaver';
  readonly signal: AbortSignal;
  /** Told of every request with its answer. */
  record(exchange: Exchange): void;
}

export interface MemberOutcome {
  /** Ids that are members now (added), or are none any more (removed). */
  readonly done: readonly string[];
  /** Ids that the target refused, each with its error: found by halving the refused chunk. */
  readonly refused: readonly { readonly id: string; readonly error: TargetError }[];
}

/**
 * An application's users and groups behind one connection. Every method throws TargetError, after it has itself waited
 * out and retried what may safely be repeated (429, 503 with or without Retry-After, and lost connections of reads).
 */
export interface Target {
  /** True for the `entra` dialect: it reads an object before each update and compares with that. */
  readonly readsBeforeUpdate: boolean;
  /** A cheap request that shows that URL, credentials and protocol are right: a search for a random value. */
  check(call: Call): Promise<void>;
  /** Objects whose attribute has the value (as the target compares); at most two are needed. Never members. */
  find(type: ObjectType, path: string, value: string, call: Call): Promise<readonly TargetObject[]>;
  /** Without members; undefined when there is none. */
  read(type: ObjectType, id: string, call: Call): Promise<TargetObject | undefined>;
  create(type: ObjectType, attributes: Attributes, call: Call): Promise<TargetObject>;
  /**
   * Brings `changes` about, by PATCH or by PUT (which keeps what the target holds besides `whole`, everything that is
   * mapped). Resolves with what was echoed, undefined without an echo. TargetError `InvalidAnchor` when there is none.
   */
  update(
    type: ObjectType,
    id: string,
    changes: readonly AttributeChange[],
    whole: Attributes,
    call: Call,
  ): Promise<TargetObject | undefined>;
  /** Resolves also when there was none. */
  delete(type: ObjectType, id: string, call: Call): Promise<void>;
  /** Ids of the target's members, all of them. */
  members(group: string, call: Call): Promise<readonly string[]>;
  addMembers(group: string, ids: readonly string[], call: Call): Promise<MemberOutcome>;
  removeMembers(group: string, ids: readonly string[], call: Call): Promise<MemberOutcome>;
  /** Ends connections and waiting requests. */
  close(): Promise<void>;
}

/**
 * A call to the target that did not succeed. `code` is one of the catalogue in `error.ts`, which says what to do about
 * it; `message` is what the target or the network said.
 */
export class TargetError extends Error {
  readonly code: ErrorCode;
  /** The answer's status; undefined when none came. */
  readonly status: number | undefined;
  /** True when the target may have done what was asked although no success came back. */
  readonly inDoubt: boolean;
  /** Milliseconds that the target asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    particulars: {
      status?: number | undefined;
      inDoubt?: boolean;
      retryAfter?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: particulars.cause });
    this.name = 'TargetError';
    this.code = code;
    this.status = particulars.status;
    this.inDoubt = particulars.inDoubt ?? false;
    this.retryAfter = particulars.retryAfter;
  }
}
