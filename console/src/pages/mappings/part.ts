import type { Checked, ObjectMapping, Side } from './draft.ts';

/** What every part of the page gets: one side of the draft, what is wrong with it, and how it is changed. */
export interface PartProps {
  readonly slug: string;
  readonly side: Side;
  readonly mapping: ObjectMapping;
  readonly checked: Checked | undefined;
  readonly isEditable: boolean;
  onChange(mapping: ObjectMapping): void;
}
