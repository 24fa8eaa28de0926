import type {
  ConnectionVerdict,
  DriftWish,
  MappingProblem,
  Mappings,
  ObjectKey,
  ProvisioningRecord,
} from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import type {
  Application,
  ApplicationSettings,
  Connection,
  CycleCounts,
  StoredPlan,
} from '../store/application-contract.ts';

/** What a restart resets, in Entra's words: `full` is everything, links too. */
export type ResetScope = 'watermark' | 'escrows' | 'quarantine' | 'links' | 'full' | 'forceDeletes';

/** What is known of a job only while it runs. */
export interface LiveState {
  readonly running: {
    readonly cycle: string;
    readonly kind: 'initial' | 'incremental' | 'onDemand';
    readonly began: number;
    readonly phase: string;
    readonly counts: CycleCounts;
  } | null;
  /** Calls to the target that may be under way at once, as learnt, and those that wait for their turn. */
  readonly rate: { readonly concurrency: number; readonly waiting: number; readonly throttled: number } | null;
}

/** What changed mappings would change, found without a call to the target. */
export interface MappingPreview {
  readonly problems: readonly MappingProblem[];
  readonly objects: number;
  /** How many objects would get another value, by target attribute. */
  readonly attributes: readonly {
    readonly path: string;
    readonly changed: number;
    readonly samples: readonly { readonly label: string; readonly from: Json | null; readonly to: Json | null }[];
  }[];
  /** Objects that would enter or leave the scope. */
  readonly entering: number;
  readonly leaving: number;
  readonly samples: readonly {
    readonly label: string;
    readonly change: 'enters' | 'leaves';
    readonly reason: string;
  }[];
}

export interface TriedExpression {
  readonly value: Json | null;
  readonly error: { readonly message: string; readonly position: number } | null;
}

/**
 * The jobs of all applications. What is to be done for one is done by the process that holds its lease, whichever is asked. Methods that need a target throw Problem where there is no connection.
 */
export interface Provisioning {
  /** Begins to work: with an initial cycle the first time, else from the watermark. */
  start(application: Application): Promise<void>;
  /** Ends the running cycle after the calls that are under way, and starts no other. */
  stop(application: Application): Promise<void>;
  /** Resets what is named (Entra's portal: watermark, escrows, quarantine) and begins anew. */
  restart(application: Application, reset: readonly ResetScope[]): Promise<void>;
  /** Settings, mappings, assignments or the connection have changed: the next cycle works with them, soon. */
  changed(key: number): void;
  live(key: number): Promise<LiveState>;
  /** One user, or a group and some of its members: the same way as in a cycle. Resolves with what was recorded. */
  provisionOnDemand(
    application: Application,
    keys: readonly ObjectKey[],
    members?: readonly string[],
  ): Promise<readonly ProvisioningRecord[]>;
  /** With the stored secret when `secret` is undefined. */
  testConnection(application: Application, connection: Connection, secret?: string): Promise<ConnectionVerdict>;
  preview(application: Application, mappings: Mappings, settings?: ApplicationSettings): Promise<MappingPreview>;
  tryExpression(application: Application, expression: string, object: ObjectKey): Promise<TriedExpression>;
  /** A dry run over everything, stored as a plan. */
  plan(application: Application, by: string): Promise<StoredPlan>;
  /** Applies the open items of a plan; those whose inputs have moved since are refused, one by one. */
  applyPlan(application: Application, plan: StoredPlan, by: string): Promise<StoredPlan>;
  /** Decides about staged removals: these, or all that wait. How many. */
  decide(application: Application, decision: 'allow' | 'reject', keys: readonly ObjectKey[] | 'all'): Promise<number>;
  /** Compares the target with what was sent to it: all linked objects. Resolves after it, or after `ms`; it goes on. */
  compareDrift(application: Application, ms: number): Promise<void>;
  isComparingDrift(key: number): Promise<boolean>;
  /** Decides about the drift of objects; what is pushed is sent at once. Counts of attributes and of failed objects. */
  decideDrift(
    application: Application,
    wish: DriftWish,
    keys: readonly ObjectKey[],
  ): Promise<{ readonly decided: number; readonly failed: number }>;
  /** Ends all jobs. */
  close(): Promise<void>;
}
