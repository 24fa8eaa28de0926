import { expect } from 'vitest';
import type { TestServer } from '../harness/server.ts';
import { type Company, makeCompany, step } from '../people/company.ts';
import type { TestTarget } from '../targets/target.ts';
import { type ApplicationOptions, addApplication, type TestApplication } from './harness/application.ts';
import { type Comparable, comparable } from './harness/comparable.ts';
import { feed } from './harness/feed.ts';
import { NOBODY, provisioned } from './harness/provisioned.ts';
import type { SteppedClock } from './harness/stepped-clock.ts';

export interface ForeignOptions extends Pick<ApplicationOptions, 'dialect'> {
  readonly company?: Company;
  /** What the target makes of values, and is right to. */
  readonly altered?: (expected: Comparable) => Comparable;
}

/**
 * What is done when something fails, which waits minutes for its next try: the test lets its clock jump to the next
 * try, or restarts the application as a person can, or takes any failure for its own.
 */
export type Waiting = SteppedClock | 'restart' | 'nothing fails';

export const smallCompany: Company = makeCompany({ people: 40, groups: 7, seed: 41 });

/** Imports a company, provisions it into the target, compares; then the same after each of two steps. */
export async function provisionInto(
  server: TestServer,
  target: TestTarget,
  waiting: Waiting,
  { company = smallCompany, altered = (expected) => expected, dialect = 'rfc' }: ForeignOptions = {},
): Promise<TestApplication> {
  const hr = await server.identityServer();
  const { url, token } = target;
  // The guard counts over its interval, and these few people leave within seconds.
  const settings = { guard: { enabled: false } };
  const application = await addApplication(server.admin, { directory: hr.slug, url, token, dialect, settings });
  const reach = { keepsEmpty: dialect === 'entra' };
  let there = NOBODY;
  let now = company;
  for (let steps = 0; steps <= 2; steps += 1) {
    if (steps > 0) now = step(now, 3);
    await feed(server.admin, hr.slug, now);
    if (steps === 0) await application.start();
    there = provisioned(there, now, reach);
    await ended(application, waiting);
    expect(await heldBy(target)).toEqual(altered(comparable(there, now)));
  }
  if (waiting === 'nothing fails') expect(await application.failures()).toEqual([]);
  return application;
}

async function ended(application: TestApplication, waiting: Waiting): Promise<void> {
  if (waiting === 'nothing fails') await application.steady();
  else if (waiting === 'restart') await application.insist();
  else await application.patient(waiting);
}

/** What the target holds. */
async function heldBy(target: TestTarget): Promise<Comparable> {
  return { users: await target.users(), groups: await target.groups() };
}
