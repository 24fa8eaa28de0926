import type { CompiledObjectMapping } from '../mapping/compile.ts';
import { evaluateMappings, type MappingEnvironment } from '../mapping/evaluate-mappings.ts';
import type { Assessment, Assignment, ScopeFacts } from '../plan/assessment.ts';
import type { SourceObject } from '../source.ts';

/**
 * Whether an object is in scope, why, and what the target should hold of it: the account is active, it is assigned,
 * and it passes one of the filters, if there are any. The object must be whole.
 */
export function assess(
  mapping: CompiledObjectMapping,
  object: SourceObject,
  assignment: Assignment,
  environment: MappingEnvironment,
): Assessment {
  const facts: ScopeFacts = {
    active: object.type === 'Group' || object.document.active !== false,
    assignment,
    filters: mapping.filters.map((filter) => ({ name: filter.name, passed: filter.passes(object) })),
  };
  const { inScope, reason } = scopeOf(facts);
  return { inScope, reason, facts, ...evaluateMappings(mapping, object, !inScope, environment) };
}

function scopeOf({ active, assignment, filters }: ScopeFacts): { inScope: boolean; reason: string } {
  if (!active) return out('the account is disabled in the directory');
  if (assignment.kind === 'none') return out('not assigned, directly or through a group');
  const passed = filters.find((filter) => filter.passed);
  if (filters.length > 0 && passed === undefined) return out(failed(filters.map(({ name }) => name)));
  const filtered = passed === undefined ? '' : `, and filter ${passed.name} passed`;
  return { inScope: true, reason: `In scope: ${assigned(assignment)}${filtered}.` };
}

const out = (why: string) => ({ inScope: false, reason: `Not in scope: ${why}.` });

function failed(names: readonly string[]): string {
  return names.length === 1 ? `filter ${names[0]} did not pass` : `none of the filters ${names.join(', ')} passed`;
}

function assigned(assignment: Exclude<Assignment, { kind: 'none' }>): string {
  switch (assignment.kind) {
    case 'everyone':
      return 'everyone in the directory is';
    case 'direct':
      return 'assigned directly';
    case 'group': {
      const top = assignment.path.at(-1) ?? '';
      if (assignment.path.length === 1) return `member of ${top}`;
      return `member of ${top} through ${assignment.path.toReversed().join(' > ')}`;
    }
  }
}
