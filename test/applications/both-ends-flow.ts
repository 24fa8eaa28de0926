import { type LogEntryView, logSchema } from '@rollcall/server/contract';
import { expect } from 'vitest';
import { type Admin, administer } from '../harness/admin.ts';
import type { IdentityServerOptions, TestIdentityServer } from '../harness/identity-server.ts';
import { type Company, dismiss, step } from '../people/company.ts';
import { expectedDirectory } from '../people/directory.ts';
import { type ApplicationOptions, addApplication, type TestApplication } from './harness/application.ts';
import { feed, plainDirectory } from './harness/feed.ts';
import { NOBODY, type Provisioned, provisioned, type Reach } from './harness/provisioned.ts';

/** A running Rollcall, in this process or in another. */
export interface RunningServer {
  readonly admin: Admin;
  identityServer(options?: IdentityServerOptions): Promise<TestIdentityServer>;
}

/** A directory at one server, and what it is provisioned into at another. */
export interface BothEnds {
  readonly hr: TestIdentityServer;
  readonly crm: TestIdentityServer;
  readonly application: TestApplication;
}

export interface BothEndsOptions extends Pick<ApplicationOptions, 'dialect' | 'settings'> {
  /** Query string of the target's URL, with its question mark. */
  readonly query?: string;
  readonly compatibility?: 'tolerant' | 'strict';
}

/** Makes a directory at the first server, an identity server at the second, and an application from one to the other. */
export async function joinBothEnds(
  first: RunningServer,
  second: RunningServer,
  { query = '', compatibility = 'tolerant', ...options }: BothEndsOptions = {},
): Promise<BothEnds> {
  const hr = await first.identityServer();
  const crm = await second.identityServer({ compatibility });
  const target = { directory: hr.slug, url: crm.baseUrl + query, token: crm.token };
  return { hr, crm, application: await addApplication(first.admin, { ...target, ...options }) };
}

export interface Life {
  readonly company: Company;
  /** How many steps the company makes, and how many joiners, movers, leavers, re-hires and renames are in each. */
  readonly steps: number;
  readonly each: number;
  readonly reach?: Reach;
  /** Runs when the directory has the company, and the application has not been started. */
  prepare?(): Promise<void>;
}

/**
 * Imports a company, waits, compares; then again for each of its steps, and once more when people were dismissed.
 * Nothing may fail. Returns the company and what is provisioned of it at the end.
 */
export async function liveThrough(
  first: RunningServer,
  { hr, crm, application }: BothEnds,
  { company, steps, each, reach, prepare }: Life,
): Promise<{ readonly company: Company; readonly there: Provisioned }> {
  let there = NOBODY;
  let now = company;
  async function becomes(next: Company, missing?: 'delete'): Promise<void> {
    now = next;
    there = provisioned(there, now, reach);
    await feed(first.admin, hr.slug, now, missing);
    await application.steady();
    expect(await plainDirectory(crm)).toEqual(expectedDirectory({ ...now, ...there }));
  }
  await feed(first.admin, hr.slug, now);
  await prepare?.();
  await application.start();
  await becomes(now);
  for (let made = 0; made < steps; made += 1) await becomes(step(now, each));
  await becomes(dismiss(now, each), 'delete');
  expect(await application.failures()).toEqual([]);
  return { company: now, there };
}

/** Runs everything again with nothing changed; returns the requests that wrote. */
export async function writesOfASecondRun(
  second: RunningServer,
  { crm, application }: BothEnds,
): Promise<readonly string[]> {
  const before = (await requests(second.admin, crm.slug, 0)).at(-1)?.n ?? 0;
  await application.restart(['watermark']);
  const { lastCycles } = await application.steady();
  expect(lastCycles[0]).toMatchObject({ kind: 'initial', state: 'succeeded' });
  const since = await requests(second.admin, crm.slug, before);
  // The log has both, so that what it lacks was not sent.
  expect(before * since.length).toBeGreaterThan(0);
  return since.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);
}

async function requests(admin: Admin, slug: string, from: number): Promise<LogEntryView[]> {
  const all: LogEntryView[] = [];
  for (let after = from; ; ) {
    const path = `/identity-servers/${slug}/log?limit=1000&after=${after}`;
    const { entries } = logSchema.parse((await administer(admin, 'GET', path)).body);
    all.push(...entries);
    const last = entries.at(-1);
    if (last === undefined) return all;
    after = last.n;
  }
}
