import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import type { Address } from './connections.ts';
import { type Database, startDatabase } from './database.ts';
import { type Meter, meterOf } from './processor-time.ts';
import { type Seeded, seed } from './seed.ts';
import { seedPostgres } from './seed-postgres.ts';
import { processOptions } from './targets.ts';

/** A running server of one size. */
export interface Side {
  readonly rollcall: ServerProcess;
  readonly meter: Meter;
  /** The identity server of this size. */
  readonly main: SeededServer;
  /** Another one beside it, always of a thousand users. */
  readonly other: SeededServer;
  remove(): Promise<void>;
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
  readonly database: 'sqlite' | 'postgres';
  /** Data directory that is kept, and used as it is when it was seeded before. */
  readonly data?: string | undefined;
  readonly profile?: string | undefined;
}

/** What a PATCH of a group answers must not depend on the size of the group when its cost is compared. */
const SETTINGS = { groupPatchAnswer: '204' };

/** Starts a server on a directory, or a PostgreSQL, of so many users, in groups of so many members. */
export async function openSide(options: SideOptions): Promise<Side> {
  const { data, profile } = options;
  const database = options.database === 'postgres' ? await startDatabase() : undefined;
  const rollcall = await startProcess({
    ...processOptions({ profile, database }),
    ...(data === undefined ? {} : { data }),
  });
  const file = join(rollcall.data, 'bench.json');
  const kept: Kept = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : await seedSide(rollcall, database, options);
  if (database === undefined) writeFileSync(file, JSON.stringify(kept));
  const seededServer = ({ slug, token, seeded }: Kept['main']): SeededServer => ({
    address: { origin: rollcall.origin, base: `/scim/${slug}/v2`, token },
    seeded,
  });
  return {
    rollcall,
    meter: meterOf(() => [rollcall.pid() ?? 0], database?.postmaster),
    main: seededServer(kept.main),
    other: seededServer(kept.other),
    async remove() {
      await rollcall.remove();
      await database?.close();
    },
  };
}

async function seedSide(
  rollcall: ServerProcess,
  database: Database | undefined,
  { users, members }: SideOptions,
): Promise<Kept> {
  const main = await rollcall.identityServer({ settings: SETTINGS });
  const other = await rollcall.identityServer({ settings: SETTINGS });
  await rollcall.kill('SIGTERM');
  const began = performance.now();
  const plans = [
    { slug: main.slug, users, members },
    { slug: other.slug, users: 1000, members: 10 },
  ];
  const [ofMain, ofOther] = await (database ? seedPostgres(database.url, plans) : seed(rollcall.data, plans));
  process.stderr.write(`${users} users were written in ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  await rollcall.start();
  if (ofMain === undefined || ofOther === undefined) throw new Error('Not everything was seeded');
  return {
    main: { slug: main.slug, token: main.token, seeded: ofMain },
    other: { slug: other.slug, token: other.token, seeded: ofOther },
  };
}
