import type { ExpressionError } from './error.ts';
import type { ExpressionValue } from './value.ts';

/** What evaluation is given: the object's attributes, the time and randomness. */
export interface EvaluationEnvironment {
  /** The value of an attribute of the whole object; null when it is absent. */
  attribute(name: string): ExpressionValue;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** So many bytes that nobody can predict. */
  random(bytes: number): Uint8Array;
}

/** What a function can say of the mapping beyond its value. */
export type Mark = 'redacted' | 'ignoredIfEmpty' | 'replacesAll';

/**
 * A function's arguments, by index from 0. Each is evaluated when it is asked for, so a branch that is not taken cannot
 * fail; one that was left out is null. All methods but `has` and `mark` throw what the arguments throw.
 */
export interface Call {
  readonly environment: EvaluationEnvironment;
  /** Of the call in the expression, from 0. */
  readonly position: number;
  /** How many arguments were written, those left out between commas among them. */
  readonly count: number;
  has(index: number): boolean;
  value(index: number): ExpressionValue;
  /** The text of a single value, null when it is absent. Throws for several values. */
  text(index: number): string | null;
  /** A whole number. Throws for anything else, also for an absent value. */
  whole(index: number): number;
  mark(mark: Mark): void;
  /** The error to throw; it carries the position of the call. */
  failure(message: string): ExpressionError;
}
