import { createHash } from 'node:crypto';
import { isArray, type Json } from '@rollcall/scim';
import type { Link } from '../journal.ts';
import type { CompiledAttribute, CompiledObjectMapping } from '../mapping/compile.ts';
import type { Attributes } from '../target.ts';
import { knownValue } from './known.ts';
import { isEmpty, sameValue } from './same-value.ts';

/**
 * What somebody else did at the target: `value` changed an attribute, `disabled` or `enabled` an object, `missing`
 * deleted it, `members` changed a group.
 */
export type DriftKind = 'value' | 'disabled' | 'enabled' | 'missing' | 'members';

/** A difference between what the target shows and what it is believed to hold. */
export interface DriftItem {
  /** Target attribute path; `id` of an object that is missing, `members` of memberships. */
  readonly path: string;
  readonly kind: DriftKind;
  readonly expected: Json;
  readonly found: Json;
  /** Stands for both values: as long as it is the same, nothing has moved. */
  readonly mark: string;
}

/** The path under which a missing object is reported. */
export const MISSING_PATH = 'id';
/** The path under which memberships are reported. */
export const MEMBERS_PATH = 'members';

const REDACTED = '[Redact]';
const REDACTS = /\bRedact\s*\(/i;
// Not the assertive function, whose roles are all that there may be.
const ADDS = /\bAppRoleAssignmentsComplex\s*\(/i;
// RFC 7643 §4.1.1 and §7: a password is never returned.
const NEVER_SHOWN: ReadonlySet<string> = new Set(['password']);

/**
 * Compares what a linked object shows now (`read`; undefined: the target does not have it) with what was sent and what
 * was answered to that: a target that spells a value its own way has not drifted. Attributes that are sent on creation
 * only are the target's own. `mappingsHash` is that of the mappings which `mapping` belongs to.
 */
export function findDrift(
  link: Link,
  read: Attributes | undefined,
  mapping: CompiledObjectMapping,
  mappingsHash: string,
): readonly DriftItem[] {
  if (link.state === 'left' || isInDoubt(link)) return [];
  if (read === undefined) return [driftItem(MISSING_PATH, 'missing', link.targetId, null)];
  return mapping.attributes
    .filter(({ mapping: { apply, source, target } }) => {
      return apply === 'always' && source.kind !== 'none' && !NEVER_SHOWN.has(target.toLowerCase());
    })
    .flatMap((row) => driftOf(row, link, read, link.mappingsHash === mappingsHash) ?? []);
}

/** One difference, with its mark. */
export function driftItem(path: string, kind: DriftKind, expected: Json, found: Json, hidden = false): DriftItem {
  const mark = createHash('sha256')
    .update(JSON.stringify([path, kind, expected, found]))
    .digest('base64url');
  return { path, kind, expected: hidden ? REDACTED : expected, found: hidden ? REDACTED : found, mark };
}

/** After a call whose outcome nobody knows there is nothing to compare with; the next cycle reads it back. */
const isInDoubt = ({ sent, sourceVersion }: Link): boolean => sent.size === 0 && sourceVersion === 0;

function driftOf(row: CompiledAttribute, link: Link, read: Attributes, current: boolean): DriftItem | undefined {
  const { target: path } = row.mapping;
  const found = read.get(path) ?? null;
  if (isBelieved(row, link, path, found, current)) return undefined;
  return driftItem(path, kindOf(row, link, found), knownValue(link, path) ?? null, found, expressionHas(row, REDACTS));
}

function isBelieved(row: CompiledAttribute, link: Link, path: string, found: Json, current: boolean): boolean {
  const sent = link.sent.get(path) ?? null;
  const answered = link.echoed.get(path);
  if (isEmpty(sent) && answered === undefined) {
    // Nothing was ever sent. What a target without answers has there may be its own default; and a row that was added
    // to the mapping may not have been sent yet.
    return isEmpty(found) || link.echoed.size === 0 || !current;
  }
  return [sent, answered ?? null].some((value, index) => {
    const isKnown = index === 0 ? !isEmpty(sent) : answered !== undefined;
    return isKnown && shows(row, value, found);
  });
}

function shows(row: CompiledAttribute, value: Json, found: Json): boolean {
  if (!expressionHas(row, ADDS) || !isArray(value) || !isArray(found)) return sameValue(row.target, value, found);
  return value.every((one) => found.some((other) => sameValue(row.target, one, other)));
}

function kindOf(row: CompiledAttribute, link: Link, found: Json): DriftKind {
  if (!row.ofScope) return 'value';
  if (link.state === 'disabled') return 'enabled';
  return row.target.type === 'boolean' && sameValue(row.target, false, found) ? 'disabled' : 'value';
}

const expressionHas = ({ mapping: { source } }: CompiledAttribute, pattern: RegExp): boolean =>
  source.kind === 'expression' && pattern.test(source.expression);
