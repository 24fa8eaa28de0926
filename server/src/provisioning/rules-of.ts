import { createHash } from 'node:crypto';
import { type CompiledMappings, compileMappings, type Rules } from '@rollcall/provisioning';
import type { Catalogue } from '@rollcall/scim';
import type { Application, StoredAssignment } from '../store/application-contract.ts';

/** Rules of one moment, and a hash that changes whenever every object has to be looked at again. */
export interface RulesOf {
  readonly rules: Rules;
  readonly hash: string;
}

/** What an application's settings, mappings and assignments say. Errors: MappingsInvalid. */
export function rulesOf(
  application: Application,
  assignments: readonly StoredAssignment[],
  mappings: CompiledMappings,
): RulesOf {
  const { scope, notify: _notify, drift: _drift, driftRules: _driftRules, ...settings } = application.settings;
  // Entra never clears an attribute, and what imitates it does not either.
  const clearEmpty = settings.clearEmpty && application.connection?.dialect !== 'entra';
  const rules: Rules = {
    mappings,
    scope,
    assignments: new Map(assignments.map(({ id, nested }) => [id, { nested }])),
    settings: { ...settings, clearEmpty },
  };
  const { guard: _guard, interval: _interval, ...deciding } = rules.settings;
  const parts = [mappings.hash, scope, deciding, application.connection?.baseUrl, application.connection?.dialect];
  const assigned = assignments.map(({ id, nested }) => `${id} ${nested}`).sort();
  const hash = createHash('sha256')
    .update(JSON.stringify([parts, scope === 'all' ? [] : assigned]))
    .digest('base64url');
  return { rules, hash };
}

/** Compiles mappings, and keeps the result while neither they nor the directory's schemas change. */
export function createCompiler(): (application: Application, catalogue: Catalogue) => CompiledMappings {
  const known = new Map<number, { text: string; catalogue: Catalogue; compiled: CompiledMappings }>();
  return (application, catalogue) => {
    const text = JSON.stringify(application.mappings);
    const last = known.get(application.key);
    if (last !== undefined && last.text === text && last.catalogue === catalogue) return last.compiled;
    const compiled = compileMappings(application.mappings, catalogue);
    known.set(application.key, { text, catalogue, compiled });
    return compiled;
  };
}
