import type { ObjectKey } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import { onDemandSchema, restartSchema } from '../contract/provisioning.ts';
import type { Application } from '../store/application-contract.ts';
import { findObject } from './application-object.ts';
import type { AdminContext } from './context.ts';
import { directoryOf, findApplication } from './find-application.ts';
import { Problem } from './problem.ts';
import { recordView } from './provisioning-record-view.ts';
import { provisioningStatus } from './provisioning-status.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/** Start, stop and restart an application's provisioning, provision one object now, and how it stands. */
export async function provisioningJobs(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { provisioning } = context;
  const status = async (application: Application) =>
    provisioningStatus(context, await findApplication(context, application.id));

  api.get<ByName>('/applications/:application/status', async (request) => {
    return provisioningStatus(context, await findApplication(context, request.params.application));
  });

  api.post<ByName>('/applications/:application/start', { config: { role: 'operator' } }, async (request) => {
    const application = await connected(context, request.params.application);
    if (application.job.status === 'disabled') {
      const detail = `It was disabled after 28 days in quarantine: rollcall application restart ${application.slug}`;
      throw new Problem('not-usable', detail);
    }
    if (application.job.status !== 'active') await provisioning.start(application);
    return status(application);
  });

  api.post<ByName>('/applications/:application/stop', { config: { role: 'operator' } }, async (request) => {
    const application = await findApplication(context, request.params.application);
    await provisioning.stop(application);
    return status(application);
  });

  api.post<ByName>('/applications/:application/restart', { config: { role: 'operator' } }, async (request) => {
    const { reset } = restartSchema.parse(request.body ?? {});
    const application = await connected(context, request.params.application);
    await provisioning.restart(application, reset);
    return status(application);
  });

  api.post<ByName>('/applications/:application/provision', { config: { role: 'operator' } }, async (request) => {
    const { user, group, members } = onDemandSchema.parse(request.body);
    const application = await connected(context, request.params.application);
    const directory = directoryOf(context, application);
    const users = user === undefined ? members : [user];
    const keys: ObjectKey[] = [];
    for (const name of users) keys.push(await findObject(context, directory, name, 'User'));
    const chosen = keys.map(({ id }) => id);
    if (group !== undefined) keys.push(await findObject(context, directory, group, 'Group'));
    const plain = keys.map(({ type, id }) => ({ type, id }));
    const records = await provisioning.provisionOnDemand(application, plain, group === undefined ? undefined : chosen);
    return { records: records.map((record) => recordView(record, null)) };
  });
}

async function connected(context: AdminContext, name: string): Promise<Application> {
  const application = await findApplication(context, name);
  if (application.connection !== null) return application;
  const { slug } = application;
  const detail = `There is no connection yet: run rollcall application set ${slug} --url URL --token-file FILE`;
  throw new Problem('not-usable', detail);
}
