import type {
  Counts,
  DriftJournal,
  DriftRule,
  Journal,
  Mappings,
  ObjectType,
  ProvisioningRecord,
  ProvisioningSettings,
  Quarantine,
} from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';

/** How a target is reached; the secret is stored apart, encrypted. */
export interface Connection {
  /** SCIM base URL; a query string (`?aadOptscim062020`) is kept on every request. */
  readonly baseUrl: string;
  readonly credentials:
    | { readonly kind: 'token' }
    | { readonly kind: 'basic'; readonly userName: string }
    | {
        readonly kind: 'clientCredentials';
        readonly tokenUrl: string;
        readonly clientId: string;
        readonly scope: string | null;
      }
    | { readonly kind: 'none' };
  readonly dialect: 'rfc' | 'entra';
  /** When the credentials expire (milliseconds), if somebody said so: a mail warns before. */
  readonly expires: number | null;
}

export interface ApplicationSettings extends ProvisioningSettings {
  readonly scope: 'all' | 'assigned';
  /** Addresses that mails go to; empty: none. */
  readonly notify: readonly string[];
  /** How often the target is compared with what was sent; undefined as `DEFAULT_DRIFT`. */
  readonly drift?: DriftSettings | undefined;
  /** What becomes of drift of a path, whatever object it is of. */
  readonly driftRules?: readonly { readonly path: string; readonly rule: DriftRule }[] | undefined;
}

export interface DriftSettings {
  /** Milliseconds from the end of one comparison to the next; null: only when somebody asks. */
  readonly every: number | null;
  /** Percent of the linked objects that one comparison looks at; it goes on where the last one ended. */
  readonly share: number;
}

export const DEFAULT_DRIFT: DriftSettings = { every: 24 * 60 * 60_000, share: 100 };

/** State of an application's provisioning job. */
export interface Job {
  readonly status: 'notRun' | 'active' | 'paused' | 'disabled';
  /** Change number up to which the job has worked; null: the next cycle is an initial one. */
  readonly watermark: number | null;
  readonly quarantine: Quarantine | null;
  readonly lastCycle: string | null;
  readonly nextRunAt: number | null;
  readonly steadySince: number | null;
  readonly steadyFirst: number | null;
  /** Hash of what the last complete initial cycle worked with (mappings, scope); another one means a new initial cycle. */
  readonly rulesHash: string | null;
}

export interface Application {
  readonly id: string;
  /** Short key used in rows. */
  readonly key: number;
  readonly slug: string;
  readonly name: string;
  /** Key of the identity server that is its directory. */
  readonly directory: number;
  readonly connection: Connection | null;
  readonly settings: ApplicationSettings;
  readonly mappings: Mappings;
  /** What the target can do, as found out; null before a test. */
  readonly profile: Json | null;
  readonly job: Job;
  readonly created: number;
  readonly modified: number;
  /** Set when its removal has begun: its rows go in the background. */
  readonly removing: boolean;
}

export interface StoredAssignment {
  readonly application: number;
  readonly type: ObjectType;
  /** Directory id. */
  readonly id: string;
  readonly nested: boolean;
  readonly created: number;
}

export type CycleCounts = Counts;

export interface Cycle {
  readonly id: string;
  readonly application: number;
  readonly kind: 'initial' | 'incremental' | 'onDemand';
  readonly began: number;
  readonly ended: number | null;
  /** `interrupted`: the process ended; `failed`: the directory or the target as a whole. */
  readonly state: 'running' | 'succeeded' | 'entryLevelErrors' | 'failed' | 'interrupted';
  readonly phase: string;
  readonly counts: CycleCounts;
  readonly error: string | null;
}

export interface ProvisioningLogQuery {
  readonly application: number;
  readonly status?: ProvisioningRecord['status'] | undefined;
  readonly action?: ProvisioningRecord['action'] | undefined;
  readonly type?: ObjectType | undefined;
  /** Directory or target id, exactly, or a part of the label in any case. */
  readonly object?: string | undefined;
  readonly cycle?: string | undefined;
  readonly code?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Rows before this number (newest first). */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface StoredProvisioningRecord extends ProvisioningRecord {
  readonly n: number;
}

/** A dry run kept to be read, approved and applied. */
export interface StoredPlan {
  readonly id: string;
  readonly application: number;
  readonly state: 'open' | 'applying' | 'applied' | 'discarded';
  readonly created: number;
  readonly by: string;
  readonly appliedAt: number | null;
  readonly appliedBy: string | null;
  /** Items by action. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface StoredPlanItem {
  readonly plan: string;
  readonly n: number;
  readonly type: ObjectType;
  readonly sourceId: string;
  readonly label: string;
  readonly action: 'create' | 'adopt' | 'update' | 'disable' | 'delete' | 'members';
  readonly reason: string;
  /** Hash of everything that the item was decided by. */
  readonly fingerprint: string;
  /** What is to change: `{ path, from, to }` rows, or member labels. */
  readonly changes: Json;
  readonly state: 'open' | 'rejected' | 'applied' | 'refused' | 'failed';
  readonly outcome: string | null;
}

export interface AuditEntry {
  readonly n: number;
  readonly at: number;
  /** `local` for the command line on the server itself, or the API token's name. */
  readonly who: string;
  readonly from: string | null;
  /** `application.settings.changed` ... */
  readonly action: string;
  /** Slug or id of what was changed. */
  readonly subject: string;
  /** Before and after, never a secret. */
  readonly before: Json | null;
  readonly after: Json | null;
}

/** Applications, their jobs and what is recorded of them. Each write is durable when it resolves. */
export interface Applications {
  list(): Promise<Application[]>;
  /** Errors: UniqueConflict on `slug`. */
  add(application: Omit<Application, 'key' | 'removing'>): Promise<Application>;
  /** Replaces all but the job, the profile and the secret. Errors: UniqueConflict on `slug`. */
  save(application: Application): Promise<void>;
  /**
   * Changes the job as it is stored now: no other change comes between reading and writing. `change` returns what it
   * was given when there is nothing to write. Resolves to the job before and after. With a fence as `journal`.
   */
  changeJob(
    key: number,
    change: (job: Job) => Job,
    fence?: number,
  ): Promise<{ readonly before: Job; readonly after: Job }>;
  saveProfile(key: number, profile: Json | null): Promise<void>;
  /** The connection's secret as encrypted text. */
  secret(key: number): Promise<string | null>;
  saveSecret(key: number, secret: string | null): Promise<void>;
  /** Deletes up to `limit` rows of an application marked `removing`; true when nothing is left, its own row included. */
  purge(key: number, limit: number): Promise<boolean>;

  assignments(key: number): Promise<StoredAssignment[]>;
  assign(assignments: readonly StoredAssignment[]): Promise<void>;
  unassign(key: number, ids: readonly string[]): Promise<void>;

  /** With a fence, every write throws LeaseLost when the lease of the application has another one by now. */
  journal(key: number, fence?: number): Journal;
  /** As `journal`. */
  drift(key: number, fence?: number): DriftJournal;
  /** Forgets links (with what hangs on them), escrows or staged removals: Entra's reset scopes. */
  reset(key: number, what: readonly ('links' | 'escrows' | 'staged')[], fence?: number): Promise<void>;

  /** As `journal`. */
  saveCycle(cycle: Cycle, fence?: number): Promise<void>;
  cycles(key: number, limit: number): Promise<Cycle[]>;
  cycle(id: string): Promise<Cycle | undefined>;

  /** Newest first. */
  log(query: ProvisioningLogQuery): Promise<StoredProvisioningRecord[]>;
  /** When something was last done with an object of the directory; undefined when nothing is known. */
  lastRecordAt(key: number, id: string): Promise<number | undefined>;
  logEntry(key: number, n: number): Promise<StoredProvisioningRecord | undefined>;
  /** Removes rows of the provisioning log, the cycles and the audit log older than `before`, at most `limit`; how many. */
  prune(before: number, limit: number): Promise<number>;

  addPlan(plan: StoredPlan, items: AsyncIterable<readonly StoredPlanItem[]>): Promise<void>;
  plans(key: number): Promise<StoredPlan[]>;
  plan(id: string): Promise<StoredPlan | undefined>;
  planItems(id: string, after: number, limit: number): Promise<StoredPlanItem[]>;
  savePlan(plan: StoredPlan): Promise<void>;
  savePlanItems(items: readonly StoredPlanItem[]): Promise<void>;

  audit(entry: Omit<AuditEntry, 'n'>): Promise<void>;
  /** Newest first, before number `before`. */
  auditLog(query: { subject?: string | undefined; before?: number | undefined; limit: number }): Promise<AuditEntry[]>;
}
