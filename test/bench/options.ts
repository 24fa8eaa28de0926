import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Fewer and shorter rounds: less than a minute. */
  readonly quick: boolean;
  /** A thousand users against a million, instead of Rollcall against the others. */
  readonly growth: boolean;
  /** One Rollcall provisioning another, instead of Rollcall against the others. */
  readonly provisioning: boolean;
  /** The database that Rollcall keeps everything in. */
  readonly database: 'sqlite' | 'postgres';
  /** One, two and three processes on one PostgreSQL. */
  readonly processes: boolean;
  /** Keys of what is measured; undefined is everything. */
  readonly only: readonly string[] | undefined;
  /** Where all figures are written as JSON. */
  readonly json: string | undefined;
  /** Directory for profiles of the server (`--cpu-prof`). */
  readonly profile: string | undefined;
  /** Directory that keeps what `growth` seeds, for the next run. */
  readonly data: string | undefined;
  /** Users of the big side of `growth`. */
  readonly users: number;
}

/** Reads the arguments of `npm run bench --`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      data: { type: 'string' },
      users: { type: 'string', default: '1000000' },
      database: { type: 'string', default: 'sqlite' },
      processes: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((word) => word !== 'provisioning');
  if (unknown !== undefined) throw new Error(`${unknown}: there is provisioning`);
  const { database } = values;
  if (database !== 'sqlite' && database !== 'postgres') throw new Error(`--database ${database}: there is postgres`);
  if (values.processes && database !== 'postgres') throw new Error('--processes needs --database postgres');
  return {
    database,
    processes: values.processes,
    quick: values.quick,
    provisioning: positionals.length > 0,
    growth: values.growth,
    only: values.only?.split(','),
    json: values.json,
    profile: values.profile,
    data: values.data,
    users: Number(values.users),
  };
}

/** Of everything that can be measured, what `--only` names. Throws when a name is unknown. */
export function chosen<T extends { readonly key: string }>(
  all: readonly T[],
  only: readonly string[] | undefined,
): T[] {
  const keys = all.map(({ key }) => key);
  const unknown = only?.find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is ${keys.join(', ')}`);
  return all.filter(({ key }) => only?.includes(key) ?? true);
}
