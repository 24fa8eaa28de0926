import type { ApplicationSettingsChanges, ApplicationView } from '../contract/application.ts';
import {
  type ApplicationSettings,
  DEFAULT_DRIFT,
  type DriftSettings,
  type Job,
} from '../store/application-contract.ts';

const SECOND = 1000;

/** What a new application is set to; `interval` in milliseconds. */
export const defaultApplicationSettings = (interval: number): ApplicationSettings => ({
  scope: 'assigned',
  notify: [],
  leaving: 'disable',
  groupLeaving: 'delete',
  deleteAfterDays: null,
  guard: { enabled: true, number: 500, percent: 20 },
  exclusiveGroups: false,
  clearEmpty: true,
  interval,
});

/** The state of a job that has never run. */
export const NEW_JOB: Job = {
  status: 'notRun',
  watermark: null,
  quarantine: null,
  lastCycle: null,
  nextRunAt: null,
  steadySince: null,
  steadyFirst: null,
  rulesHash: null,
};

/** Settings with what the API was given of them, where the interval is in seconds. */
export function changedSettings(
  current: ApplicationSettings,
  changes: ApplicationSettingsChanges = {},
): ApplicationSettings {
  return {
    scope: changes.scope ?? current.scope,
    notify: changes.notify ?? current.notify,
    leaving: changes.leaving ?? current.leaving,
    groupLeaving: changes.groupLeaving ?? current.groupLeaving,
    deleteAfterDays: changes.deleteAfterDays === undefined ? current.deleteAfterDays : changes.deleteAfterDays,
    guard: {
      enabled: changes.guard?.enabled ?? current.guard.enabled,
      number: changes.guard?.number ?? current.guard.number,
      percent: changes.guard?.percent === undefined ? current.guard.percent : changes.guard.percent,
    },
    exclusiveGroups: changes.exclusiveGroups ?? current.exclusiveGroups,
    clearEmpty: changes.clearEmpty ?? current.clearEmpty,
    interval: changes.interval === undefined ? current.interval : changes.interval * SECOND,
    drift: changedDrift(current.drift ?? DEFAULT_DRIFT, changes.drift),
    driftRules: changes.driftRules ?? current.driftRules ?? [],
  };
}

/** Here `every` is in seconds, as the API has it. */
function changedDrift(current: DriftSettings, changes: ApplicationSettingsChanges['drift'] = {}): DriftSettings {
  const { every, share } = changes;
  return {
    every: every === undefined ? current.every : every === null ? null : every * SECOND,
    share: share ?? current.share,
  };
}

const driftView = ({ every, share }: DriftSettings): ApplicationView['settings']['drift'] => ({
  every: every === null ? null : Math.round(every / SECOND),
  share,
});

export const settingsView = (settings: ApplicationSettings): ApplicationView['settings'] => ({
  ...settings,
  notify: [...settings.notify],
  guard: { ...settings.guard },
  interval: Math.round(settings.interval / SECOND),
  drift: driftView(settings.drift ?? DEFAULT_DRIFT),
  driftRules: (settings.driftRules ?? []).map(({ path, rule }) => ({ path, rule })),
});
