import type { JsonObject } from '@rollcall/scim';
import type { RefusedRow } from './sheet.ts';

/** What becomes of people who are in the directory and not in the file. */
export type Missing = 'leave' | 'disable' | 'delete';

/** A resource that is there, or the one that a row of the people or the groups file makes. */
export type Reference = { readonly id: string } | { readonly makes: 'user' | 'group'; readonly line: number };

export interface PlannedPerson {
  readonly line: number;
  readonly name: string;
  /** Absent when the person is created. */
  readonly id: string | undefined;
  readonly action: 'create' | 'change' | 'disable' | 'keep';
  /** Names of the attributes that change; of a new person none. */
  readonly attributes: readonly string[];
  /** Body of the POST or PATCH; undefined when nothing is to be written but perhaps the manager. */
  readonly body: JsonObject | undefined;
  /** A manager to set or, with null, to clear; undefined when it stays. */
  readonly manager: Reference | null | undefined;
}

/** Somebody who is in the directory and not in the file. */
export interface PlannedRemoval {
  readonly id: string;
  readonly name: string;
  readonly action: 'disable' | 'delete';
}

export interface PlannedGroup {
  readonly line: number;
  readonly name: string;
  readonly id: string | undefined;
  readonly action: 'create' | 'change' | 'keep';
  readonly body: JsonObject | undefined;
  readonly joining: readonly Reference[];
  readonly leaving: readonly string[];
}

/** All that an import would do: what is done and what a dry run reports are this same plan. */
export interface ImportPlan {
  readonly people: readonly PlannedPerson[];
  readonly removals: readonly PlannedRemoval[];
  readonly groups: readonly PlannedGroup[];
  readonly refused: readonly (RefusedRow & { readonly file: string })[];
  readonly warnings: readonly string[];
  /** Why nothing may be written at all; empty when all is well. */
  readonly blocked: readonly string[];
}

/** The key of a reference in a map: ids and lines never meet. */
export const referenceKey = (reference: Reference): string =>
  'id' in reference ? `id ${reference.id}` : `${reference.makes} ${reference.line}`;
