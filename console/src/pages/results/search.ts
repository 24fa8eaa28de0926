/** What addresses of these pages say beside the path. Whatever else they hold is left out. */
type Search = Readonly<Record<string, unknown>>;

export const STATUSES = ['success', 'failure', 'skipped', 'warning'] as const;
export const ACTIONS = ['create', 'update', 'disable', 'delete', 'stagedDelete', 'other'] as const;
export const TYPES = ['User', 'Group'] as const;
/** How long ago, as the API takes it. */
export const PERIODS = ['1h', '24h', '7d', '30d'] as const;
export const STAGED_STATES = ['waiting', 'allowed', 'rejected'] as const;

export interface LogSearch {
  readonly status?: (typeof STATUSES)[number];
  readonly action?: (typeof ACTIONS)[number];
  readonly type?: (typeof TYPES)[number];
  readonly object?: string;
  readonly code?: string;
  readonly cycle?: string;
  readonly since?: string;
  /** The entry that is open. */
  readonly entry?: number;
}

export const logSearch = (search: Search): LogSearch =>
  given({
    status: STATUSES.find((one) => one === search.status),
    action: ACTIONS.find((one) => one === search.action),
    type: TYPES.find((one) => one === search.type),
    object: text(search.object),
    code: text(search.code),
    cycle: text(search.cycle),
    since: text(search.since),
    entry: number(search.entry),
  });

export const itemSearch = (search: Search): { item?: number } => given({ item: number(search.item) });

export interface StagedSearch {
  readonly state?: 'allowed' | 'rejected';
}

export const stagedSearch = ({ state }: Search): StagedSearch =>
  state === 'allowed' || state === 'rejected' ? { state } : {};

export interface DriftSearch {
  readonly attribute?: string;
  readonly object?: string;
}

export const driftSearch = (search: Search): DriftSearch =>
  given({ attribute: text(search.attribute), object: text(search.object) });

/** Addresses are read as JSON: an id that looks like a number comes as one. */
function text(value: unknown): string | undefined {
  const written = typeof value === 'number' ? String(value) : value;
  return typeof written === 'string' && written !== '' ? written : undefined;
}

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(members: T): Given<T> {
  // The members that are undefined are left out, which is what the type says.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>;
}
