import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import type { Address } from './connections.ts';
import { type Meter, meterOf } from './processor-time.ts';
import { type Seeded, seed } from './seed.ts';

/** A running server of one size. */
export interface Side {
  readonly rollcall: ServerProcess;
  readonly meter: Meter;
  /** The identity server of this size. */
  readonly main: SeededServer;
  /** Another one beside it, always of a thousand users. */
  readonly other: SeededServer;
}

export interface SeededServer {
  readonly address: Address;
  readonly seeded: Seeded;
}

interface Kept {
  readonly main: { readonly slug: string; readonly token: string; readonly seeded: Seeded };
  readonly other: { readonly slug: string; readonly token: string; readonly seeded: Seeded };
}

export interface SideOptions {
  readonly users: number;
  readonly members: number;
  /** Data directory that is kept, and used as it is when it was seeded before. */
  readonly data?: string | undefined;
  readonly profile?: string | undefined;
}

/** What a PATCH of a group answers must not depend on the size of the group when its cost is compared. */
const SETTINGS = { groupPatchAnswer: '204' };

/** Starts a server on a directory of so many users, in groups of so many members. */
export async function openSide({ users, members, data, profile }: SideOptions): Promise<Side> {
  const nodeFlags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const rollcall = await startProcess({ ...(data === undefined ? {} : { data }), nodeFlags });
  const file = join(rollcall.data, 'bench.json');
  const kept: Kept = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : await seedSide(rollcall, { users, members });
  writeFileSync(file, JSON.stringify(kept));
  const seededServer = ({ slug, token, seeded }: Kept['main']): SeededServer => ({
    address: { origin: rollcall.origin, base: `/scim/${slug}/v2`, token },
    seeded,
  });
  const meter = meterOf(() => [rollcall.pid() ?? 0]);
  return { rollcall, meter, main: seededServer(kept.main), other: seededServer(kept.other) };
}

async function seedSide(rollcall: ServerProcess, { users, members }: SideOptions): Promise<Kept> {
  const main = await rollcall.identityServer({ settings: SETTINGS });
  const other = await rollcall.identityServer({ settings: SETTINGS });
  await rollcall.kill('SIGTERM');
  const began = performance.now();
  const [ofMain, ofOther] = await seed(rollcall.data, [
    { slug: main.slug, users, members },
    { slug: other.slug, users: 1000, members: 10 },
  ]);
  process.stderr.write(`${users} users were written in ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  await rollcall.start();
  if (ofMain === undefined || ofOther === undefined) throw new Error('Not everything was seeded');
  return {
    main: { slug: main.slug, token: main.token, seeded: ofMain },
    other: { slug: other.slug, token: other.token, seeded: ofOther },
  };
}
