import type { SettingsDraft, SettingsValues } from './settings-changes.ts';

/** What a section of the form of settings is given: the values, what is wrong with one, and a way to change some. */
export interface SettingsEdit {
  readonly values: SettingsValues;
  readonly disabled: boolean;
  wrong(field: keyof SettingsDraft): string | undefined;
  set(change: SettingsDraft): void;
}
