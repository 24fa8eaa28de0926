import type { AttributeType } from '@rollcall/scim';
import type { SourceObject } from '../source.ts';
import type { ExpressionValue } from './expression/index.ts';

/** An attribute of the directory that a mapping or a scoping filter names. */
export interface SourceAttribute {
  /** As it was named. */
  readonly name: string;
  readonly type: AttributeType;
  /** Whether it may have several values. */
  readonly multiValued: boolean;
  /** Whether it is computed from the scope (IsSoftDeleted). */
  readonly ofScope: boolean;
  /** Whether its value is the id of an object of the directory (manager). */
  readonly ofObject: boolean;
  /** Null when the object has no value. Several values come as a list of texts. */
  read(object: SourceObject, softDeleted: boolean): ExpressionValue;
}

/** Thrown where a mapping names an attribute that is none; the message says why, and what was probably meant. */
export class SourceAttributeUnknown extends Error {
  override readonly name = 'SourceAttributeUnknown';
}
