import type {
  DriftDecision,
  DriftItem,
  Escrow,
  Intent,
  Link,
  ObjectType,
  ProvisioningRecord,
  StagedRemoval,
} from '@rollcall/provisioning';
import type { Generated } from 'kysely';
import type { Cycle, StoredPlan, StoredPlanItem } from './application-contract.ts';
import type { Bit } from './tables.ts';

export interface ApplicationTable {
  key: Generated<number>;
  id: string;
  slug: string;
  name: string;
  directory: number;
  /** JSON of Connection. */
  connection: string | null;
  secret: string | null;
  /** JSON of ApplicationSettings. */
  settings: string;
  /** JSON of Mappings. */
  mappings: string;
  profile: string | null;
  /** JSON of Job. */
  job: string;
  created: number;
  modified: number;
  removing: Bit;
}

export interface AssignmentTable {
  application: number;
  id: string;
  type: ObjectType;
  nested: Bit;
  created: number;
}

export interface LinkTable {
  seq: Generated<number>;
  application: number;
  type: ObjectType;
  id: string;
  target_id: string;
  label: string;
  state: Link['state'];
  source_version: number;
  members_version: number;
  mappings_hash: string;
  adopted: Bit;
  delete_at: number | null;
  linked_at: number;
  /** JSON of Attributes: `[[path, value], ...]`. */
  sent: string;
  echoed: string;
}

export interface IntentTable {
  application: number;
  type: ObjectType;
  id: string;
  verb: Intent['verb'];
  at: number;
}

export interface EscrowTable {
  application: number;
  type: ObjectType;
  id: string;
  kind: Escrow['kind'];
  code: Escrow['code'];
  message: string;
  attempts: number;
  first_at: number;
  next_at: number;
}

export interface ReferenceTable {
  application: number;
  type: ObjectType;
  id: string;
  path: string;
  wanted: string;
  sent: string | null;
  pending: Bit;
}

export interface MembershipTable {
  application: number;
  group_id: string;
  member_id: string;
  member_type: ObjectType;
  wanted: Bit;
  present: Bit;
  linked: Bit;
}

export interface StagedTable {
  application: number;
  type: ObjectType;
  id: string;
  action: StagedRemoval['action'];
  label: string;
  reason: string;
  at: number;
  state: StagedRemoval['state'];
}

export interface RemovalTable {
  application: number;
  at: number;
  type: ObjectType;
  id: string;
  count: number;
}

export interface OutcomeTable {
  application: number;
  minute: number;
  succeeded: number;
  failed: number;
  failed_references: number;
}

export interface CycleTable {
  application: number;
  id: string;
  kind: Cycle['kind'];
  began: number;
  ended: number | null;
  state: Cycle['state'];
  phase: string;
  error: string | null;
  /** JSON of CycleCounts. */
  counts: string;
}

export interface ProvisioningLogTable {
  n: Generated<number>;
  application: number;
  at: number;
  cycle: string;
  type: ObjectType;
  id: string;
  target_id: string | null;
  label: string;
  /** The label in lower case. */
  folded_label: string;
  action: ProvisioningRecord['action'];
  status: ProvisioningRecord['status'];
  code: Escrow['code'] | null;
  message: string | null;
  duration_ms: number;
  attempts: number;
  next_at: number | null;
  reason: string;
  /** JSON, as are the next two. */
  steps: string;
  modified: string;
  exchanges: string;
}

export interface PlanTable {
  application: number;
  id: string;
  state: StoredPlan['state'];
  created: number;
  by: string;
  applied_at: number | null;
  applied_by: string | null;
  counts: string;
}

export interface PlanItemTable {
  application: number;
  plan: string;
  n: number;
  type: ObjectType;
  source_id: string;
  label: string;
  action: StoredPlanItem['action'];
  reason: string;
  fingerprint: string;
  state: StoredPlanItem['state'];
  outcome: string | null;
  changes: string;
}

export interface DriftTable {
  application: number;
  type: ObjectType;
  id: string;
  path: string;
  kind: DriftItem['kind'];
  label: string;
  /** The label in lower case. */
  folded_label: string;
  target_id: string;
  since: number;
  seen: number;
  mark: string;
  /** JSON, as is the next. */
  expected: string;
  found: string;
}

export interface DriftDecisionTable {
  application: number;
  type: ObjectType;
  id: string;
  path: string;
  rule: DriftDecision['rule'];
  mark: string;
  label: string;
  at: number;
}

export interface DriftPassTable {
  application: number;
  /** JSON of DriftPass. */
  pass: string;
}

export interface AuditLogTable {
  n: Generated<number>;
  at: number;
  who: string;
  from: string | null;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
}

/** The tables of applications and of what their provisioning keeps. */
export interface ApplicationTables {
  application: ApplicationTable;
  assignment: AssignmentTable;
  link: LinkTable;
  intent: IntentTable;
  escrow: EscrowTable;
  reference: ReferenceTable;
  membership: MembershipTable;
  staged: StagedTable;
  removal: RemovalTable;
  outcome: OutcomeTable;
  cycle: CycleTable;
  provisioning_log: ProvisioningLogTable;
  plan: PlanTable;
  plan_item: PlanItemTable;
  drift: DriftTable;
  drift_decision: DriftDecisionTable;
  drift_pass: DriftPassTable;
  audit_log: AuditLogTable;
}
