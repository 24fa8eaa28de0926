export { createAssignments } from './assignments.ts';
export { runCycle, type Start } from './cycle.ts';
export { createLocks, type Locks } from './locks.ts';
export { type Assessed, isProblem, type Mapper } from './mapper.ts';
export { createParkedMembers, type ParkedMembers } from './parked-members.ts';
export { planWorld } from './plan-world.ts';
export { type Counts, createTally, type Tally } from './tally.ts';
export { TargetUnusable } from './target-unusable.ts';
export { Stopped, type World } from './world.ts';
