import type { Json } from '@rollcall/scim';
import type { ErrorCode } from '../error.ts';
import type {
  ModifiedAttribute,
  ProvisioningAction,
  ProvisioningRecord,
  ProvisioningStatus,
  Step,
} from '../journal.ts';
import type { AttributeChange, Attributes, Call, Exchange } from '../target.ts';
import { isProblem } from './mapper.ts';
import { labelOf, type Subject } from './subject.ts';
import type { World } from './world.ts';

const REDACTED = '[Redact]';

/** Gathers what happens to one object, for its record in the provisioning log. */
export interface Trail {
  readonly call: Call;
  step(
    name: Step['name'],
    status: ProvisioningStatus,
    description: string,
    details?: Readonly<Record<string, Json>>,
  ): void;
  /** Something went otherwise than it should, and yet well. */
  warn(): void;
  modified(changes: readonly AttributeChange[]): void;
  record(end: End): ProvisioningRecord;
}

export interface End {
  readonly action: ProvisioningAction;
  readonly status: ProvisioningStatus;
  readonly reason: string;
  readonly targetId?: string | undefined;
  readonly error?: { readonly code: ErrorCode; readonly message: string };
  readonly attempts?: number;
  readonly nextAt?: number;
}

export function createTrail(world: World, subject: Subject, lane: Call['lane']): Trail {
  const began = world.now();
  const steps: Step[] = [];
  const exchanges: Exchange[] = [];
  const modified: ModifiedAttribute[] = [];
  const { assessment } = subject;
  const hidden = new Set(assessment === undefined || isProblem(assessment) ? [] : assessment.redacted);
  const shown = (path: string, value: Json | undefined) => (hidden.has(path) && value !== undefined ? REDACTED : value);
  let warned = false;
  return {
    call: { lane, signal: world.abort, record: (exchange) => void exchanges.push(exchange) },
    step(name, status, description, details = {}) {
      steps.push({ name, status, description, details });
    },
    warn() {
      warned = true;
    },
    modified(changes) {
      modified.push(...changes.map(({ path, from, to }) => ({ path, from: shown(path, from), to: shown(path, to) })));
    },
    record({ action, status, reason, targetId, error, attempts, nextAt }) {
      return {
        ...subject.key,
        cycle: world.cycle,
        at: began,
        durationMs: world.now() - began,
        label: labelOf(subject),
        targetId: targetId ?? subject.link?.targetId,
        action,
        status: status === 'success' && warned ? 'warning' : status,
        reason,
        steps,
        modified,
        error,
        // What is not to be seen may stand anywhere in what was sent.
        exchanges: hidden.size === 0 ? exchanges : exchanges.map(withoutBodies),
        attempts: attempts ?? 0,
        nextAt,
      };
    },
  };
}

const withoutBodies = (exchange: Exchange): Exchange => ({
  ...exchange,
  requestBody: exchange.requestBody === undefined ? undefined : REDACTED,
  responseBody: exchange.responseBody === undefined ? undefined : REDACTED,
});

/** Attributes as changes from nothing: what a creation sends. */
export const asChanges = (attributes: Attributes): readonly AttributeChange[] =>
  [...attributes].map(([path, to]) => ({ path, from: undefined, to }));
