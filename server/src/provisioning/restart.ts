import type { Application } from '../store/application-contract.ts';
import type { ResetScope } from './contract.ts';
import { decideStaged } from './decide-staged.ts';
import type { ProvisioningContext } from './equipment.ts';

/**
 * Resets what is named, and makes the job active. As in Entra: nothing named is what its portal's Restart does
 * (watermark, escrows, quarantine); `links` makes every object be matched anew; `forceDeletes` allows what is staged.
 */
export async function restartedJob(
  context: ProvisioningContext,
  fence: number | undefined,
  application: Application,
  reset: readonly ResetScope[],
): Promise<void> {
  const { applications } = context.store;
  const scopes = new Set<ResetScope>(reset.length === 0 ? ['watermark', 'escrows', 'quarantine'] : reset);
  const isReset = (scope: ResetScope) => scopes.has(scope) || scopes.has('full');
  if (scopes.has('forceDeletes')) await decideStaged(context, { fence }, application, 'allow', 'all');
  const what = [
    ...(isReset('links') ? (['links'] as const) : []),
    ...(isReset('escrows') ? (['escrows'] as const) : []),
    ...(isReset('quarantine') && !scopes.has('forceDeletes') ? (['staged'] as const) : []),
  ];
  if (what.length > 0) await applications.reset(application.key, what, fence);
  const anew = isReset('watermark') || isReset('links') || scopes.has('forceDeletes');
  await applications.changeJob(
    application.key,
    (job) => ({
      ...job,
      status: 'active',
      watermark: anew ? null : job.watermark,
      quarantine: isReset('quarantine') || scopes.has('forceDeletes') ? null : job.quarantine,
      steadySince: null,
      nextRunAt: context.now(),
    }),
    fence,
  );
}
