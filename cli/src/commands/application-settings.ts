import type { ApplicationView } from '@rollcall/server/contract';

/** The change that a value makes, and what the setting is now. */
interface Setting {
  change(value: unknown): object;
  readonly shown?: (settings: ApplicationView['settings']) => unknown;
}

const inSettings = (key: keyof ApplicationView['settings']): Setting => ({
  change: (value) => ({ settings: { [key]: value } }),
  shown: (settings) => settings[key],
});
const inGuard = (key: keyof ApplicationView['settings']['guard']): Setting => ({
  change: (value) => ({ settings: { guard: { [key]: value } } }),
  shown: ({ guard }) => guard[key],
});

const inDrift = (key: keyof ApplicationView['settings']['drift']): Setting => ({
  change: (value) => ({ settings: { drift: { [key]: value } } }),
  shown: ({ drift }) => drift[key],
});

/** Every setting that `key=value` can change. */
export const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['name', { change: (value) => ({ name: value }) }],
  ['slug', { change: (value) => ({ slug: value }) }],
  ['scope', inSettings('scope')],
  ['notify', inSettings('notify')],
  ['leaving', inSettings('leaving')],
  ['groupLeaving', inSettings('groupLeaving')],
  ['deleteAfterDays', inSettings('deleteAfterDays')],
  ['guard.enabled', inGuard('enabled')],
  ['guard.number', inGuard('number')],
  ['guard.percent', inGuard('percent')],
  ['exclusiveGroups', inSettings('exclusiveGroups')],
  ['clearEmpty', inSettings('clearEmpty')],
  ['interval', inSettings('interval')],
  ['drift.every', inDrift('every')],
  ['drift.share', inDrift('share')],
]);

/** Settings as names and values. */
export function describeSettings(settings: ApplicationView['settings']): (readonly [string, string])[] {
  return [...SETTINGS].flatMap(([name, { shown }]) => {
    if (shown === undefined) return [];
    const value = shown(settings);
    const text = Array.isArray(value) ? value.join(', ') : value === null ? 'none' : String(value);
    return [[name, (name === 'interval' || name === 'drift.every') && value !== null ? `${text} s` : text] as const];
  });
}
