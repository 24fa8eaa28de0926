import type { IdentityServerChanges, IdentityServerView } from '@rollcall/server/contract';

/** What the form edits. A number field that was emptied holds `''`. */
export type SettingsDraft = {
  readonly [Name in keyof IdentityServerChanges]?:
    | IdentityServerChanges[Name]
    | (Name extends NumberField ? '' : never);
};

export type NumberField = 'defaultPageSize' | 'maxPageSize' | 'rateLimit';
export type FieldFault = 'required' | 'number' | 'pageSizes';

/** The least and the most of each number, as the contract has them. */
export const NUMBERS: Readonly<Record<NumberField, readonly [number, number]>> = {
  defaultPageSize: [1, 10_000],
  maxPageSize: [1, 10_000],
  rateLimit: [0, 100_000],
};

const NUMBER_FIELDS = ['defaultPageSize', 'maxPageSize', 'rateLimit'] as const;

/** What is shown in the form: what the server has, with what the person typed over it. */
export const withDraft = (view: IdentityServerView, draft: SettingsDraft) => ({ ...view, ...draft });

export type SettingsValues = ReturnType<typeof withDraft>;

/** What differs from what the server has; only this is sent, so that two people do not undo each other's changes. */
export function changesOf(view: IdentityServerView, draft: SettingsDraft): IdentityServerChanges {
  const current: Readonly<Record<string, unknown>> = { ...view };
  const changed = Object.entries(draft).filter(([name, value]) => current[name] !== value);
  // These are members of the draft; its empty numbers are refused by faultsOf before anything is sent.
  return Object.fromEntries(changed) as IdentityServerChanges;
}

/** What cannot be saved as it is, by field. */
export function faultsOf(values: SettingsValues): Partial<Record<keyof SettingsDraft, FieldFault>> {
  const faults: Partial<Record<keyof SettingsDraft, FieldFault>> = {};
  if ((values.name ?? '').trim() === '') faults.name = 'required';
  if (values.slug === '') faults.slug = 'required';
  for (const field of NUMBER_FIELDS) {
    const value = values[field];
    const [least, most] = NUMBERS[field];
    if (value === undefined || value === '' || !Number.isInteger(value) || value < least || value > most) {
      faults[field] = 'number';
    }
  }
  const { defaultPageSize, maxPageSize } = values;
  if (Object.keys(faults).length === 0 && Number(defaultPageSize) > Number(maxPageSize)) {
    faults.defaultPageSize = 'pageSizes';
  }
  return faults;
}
