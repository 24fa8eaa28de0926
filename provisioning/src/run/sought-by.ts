import { fold } from '@rollcall/scim';
import { isProblem } from './mapper.ts';
import type { Task } from './task.ts';
import type { World } from './world.ts';

/** What a task looks for in the target; undefined when it looks for nothing. */
export function soughtBy({ subject: { key, assessment }, decision }: Task): string | undefined {
  if (decision.action !== 'match' || assessment === undefined || isProblem(assessment)) return undefined;
  const [first] = assessment.matching;
  return first === undefined ? undefined : `match ${key.type} ${first.path} ${fold(first.value)}`;
}

/**
 * Claims what these tasks look for. A task whose value another process has claimed fails as it would if the other had
 * come first: both would find nothing now, and both would create it.
 */
export async function claimSought(world: World, tasks: readonly Task[]): Promise<readonly Task[]> {
  if (world.seek === undefined) return tasks;
  const sought = tasks.flatMap((task) => soughtBy(task) ?? []);
  if (sought.length === 0) return tasks;
  const refused = await world.seek(sought);
  return refused.size === 0 ? tasks : tasks.map((task) => (refused.has(soughtBy(task) ?? '') ? failing(task) : task));
}

const failing = (task: Task): Task => ({
  ...task,
  decision: {
    action: 'fail',
    code: 'DuplicateSourceEntries',
    reason: 'Another object of the directory looks for the same object of the target at this moment.',
  },
});
