import { keyText, type ObjectKey, type StagedRemoval } from '@rollcall/provisioning';
import type { Application } from '../store/application-contract.ts';
import type { ProvisioningContext } from './equipment.ts';
import type { RunningJob } from './job.ts';

const AT_A_TIME = 500;

/**
 * Decides about removals that the guard holds: those named, or all. What is allowed is carried out at once when the job
 * may work; what is rejected stays as it is until the object is back in scope or its removal is decided about anew.
 */
export async function decideStaged(
  context: ProvisioningContext,
  job: Pick<RunningJob, 'fence'> & Partial<Pick<RunningJob, 'onDemand' | 'poke'>>,
  application: Application,
  decision: 'allow' | 'reject',
  keys: readonly ObjectKey[] | 'all',
): Promise<number> {
  const journal = context.store.applications.journal(application.key, job.fence);
  const named = keys === 'all' ? undefined : new Set(keys.map(keyText));
  const waiting = await journal.listStaged('waiting', Number.MAX_SAFE_INTEGER);
  const chosen = waiting.filter((removal) => named?.has(keyText(removal)) ?? true);
  const state: StagedRemoval['state'] = decision === 'allow' ? 'allowed' : 'rejected';
  for (let from = 0; from < chosen.length; from += AT_A_TIME) {
    const part = chosen.slice(from, from + AT_A_TIME);
    await journal.settle(
      part.map((removal) => ({ type: removal.type, id: removal.id, staged: { ...removal, state } })),
    );
  }
  if (chosen.length > 0 && decision === 'allow') {
    await job.onDemand?.({ kind: 'onDemand', keys: chosen.map(({ type, id }) => ({ type, id })) });
  }
  if (chosen.length > 0) job.poke?.();
  return chosen.length;
}
