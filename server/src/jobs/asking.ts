import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '@rollcall/scim';
import { PROBLEMS, Problem, type ProblemKind } from '../admin/problem.ts';
import { toProblem } from '../admin/to-problem.ts';
import type { Signals } from '../store/signals.ts';
import type { Work } from '../store/work-contract.ts';

/** Milliseconds in which somebody must take what is asked: a lease of a process that died is taken over within these. */
const PATIENCE = 30_000;
/** After these it is asked whether a worker lives at all. */
const FIRST_DOUBT = 3000;
/** How often the database is looked at where no hint comes. */
const LOOK = 500;

type Outcome = { readonly value: Json } | { readonly problem: Json };

export interface Asking {
  /** Asks whoever holds the application; resolves with the answer. Errors: Problem, as the holder has thrown it. */
  ask(application: number, kind: string, data: Json): Promise<Json>;
  /** The holder's side: the outcome of `work`, for `Requests.answer`. */
  outcomeOf(work: () => Promise<Json>): Promise<Json>;
  /** Tells whoever asked. */
  answered(id: string): void;
}

/** How processes ask each other, through the database. `call` makes somebody look. */
export function createAsking(options: {
  readonly work: Pick<Work, 'requests' | 'leases'>;
  readonly signals: Signals;
  readonly newId: () => string;
  readonly call: (application: number) => Promise<void>;
}): Asking {
  const { work, signals, newId, call } = options;
  const isHopeless = async (waited: number): Promise<boolean> => {
    if (waited < FIRST_DOUBT) return false;
    if (waited > PATIENCE) return true;
    return !(await work.leases.processes()).some(({ roles }) => roles.includes('worker'));
  };
  const subjectOf = (id: string) => `answered ${id}`;

  return {
    async ask(application, kind, data) {
      const id = newId();
      let woken = Promise.withResolvers<void>();
      const end = signals.subscribe('jobs', (subject) => {
        if (subject === subjectOf(id)) woken.resolve();
      });
      try {
        await work.requests.add({ id, application, kind, data });
        await call(application);
        const began = performance.now();
        for (;;) {
          const over = new AbortController();
          await Promise.race([woken.promise, pause(LOOK, undefined, { signal: over.signal }).catch(() => undefined)]);
          over.abort();
          woken = Promise.withResolvers<void>();
          const found = await work.requests.look(id);
          if (found === undefined) throw nobody();
          if (found.outcome !== undefined) return answerOf(found.outcome);
          if (!found.taken && (await isHopeless(performance.now() - began))) throw nobody();
        }
      } finally {
        end();
        await work.requests.remove(id).catch(() => undefined);
      }
    },
    async outcomeOf(body) {
      try {
        return { value: await body() };
      } catch (error) {
        return { problem: plain(toProblem(error).toJSON()) };
      }
    },
    answered: (id) => signals.publish('jobs', subjectOf(id)),
  };
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

function answerOf(outcome: Json): Json {
  // Only `outcomeOf` writes these.
  const answer = outcome as Outcome;
  if ('value' in answer) return answer.value;
  // As `toJSON` of the other process's Problem has written it.
  const { type, detail, field, problems, scimType, status } = answer.problem as unknown as ReturnType<
    Problem['toJSON']
  >;
  const kind = type.slice('/problems/'.length);
  throw new Problem(isKind(kind) ? kind : 'internal', detail ?? '', { field, problems, scimType, status });
}

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(PROBLEMS, kind);

const nobody = () =>
  new Problem(
    'not-usable',
    'No process works for applications just now. See whether one with the role worker runs, then try again.',
    { status: 503 },
  );
