import { isProblem } from './mapper.ts';
import type { Task } from './task.ts';
import type { Trail } from './trail.ts';

/** The steps that every object goes through before anything is sent. */
export function describe(trail: Trail, { subject, decision }: Task): void {
  const { object, assessment, link } = subject;
  if (object === undefined) trail.step('import', 'success', 'The directory does not have it any more.');
  else trail.step('import', 'success', 'Read from the directory.', { attributes: object.document });
  if (assessment !== undefined && isProblem(assessment)) {
    trail.step('scope', 'failure', assessment.message, { path: assessment.path ?? null });
  } else if (assessment !== undefined) {
    const { facts } = assessment;
    trail.step('scope', assessment.inScope ? 'success' : 'skipped', assessment.reason, {
      active: facts.active,
      assignment: { ...facts.assignment },
      filters: facts.filters.map((filter) => ({ ...filter })),
    });
  }
  if (link !== undefined) {
    trail.step('match', 'success', 'Linked to an object of the target.', {
      targetId: link.targetId,
      state: link.state,
    });
  }
  trail.step(
    'decide',
    decision.action === 'fail' ? 'failure' : decision.action === 'skip' ? 'skipped' : 'success',
    decision.reason,
  );
}
