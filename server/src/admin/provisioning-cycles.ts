import type { FastifyInstance } from 'fastify';
import { type CycleView, cycleQuerySchema } from '../contract/provisioning.ts';
import type { Cycle } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { iso, isoOrNull } from './iso.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/** `GET /api/applications/{application}/cycles`: what ran, newest first. */
export async function provisioningCycles(api: FastifyInstance, context: AdminContext): Promise<void> {
  api.get<ByName>('/applications/:application/cycles', async (request) => {
    const { limit } = cycleQuerySchema.parse(request.query);
    const { key } = await findApplication(context, request.params.application);
    return { cycles: (await context.store.applications.cycles(key, limit)).map(cycleView) };
  });
}

export const cycleView = ({ id, kind, state, phase, began, ended, counts, error }: Cycle): CycleView => ({
  id,
  kind,
  state,
  phase,
  beganAt: iso(began),
  endedAt: isoOrNull(ended),
  durationMs: ended === null ? null : ended - began,
  counts: { ...counts },
  error,
});
