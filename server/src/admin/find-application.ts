import type { Application } from '../store/application-contract.ts';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

/** The application of a slug or id. Errors: `not-found`, also for one that is being removed. */
export async function findApplication({ store }: AdminContext, name: string): Promise<Application> {
  const present = (await store.applications.list()).filter(({ removing }) => !removing);
  const found = present.find(({ slug }) => slug === name) ?? present.find(({ id }) => id === name);
  if (found !== undefined) return found;
  throw new Problem('not-found', `There is no application "${name}"; rollcall application list shows them.`);
}

/** The identity server that an application is provisioned from. Errors: `not-usable` when it is gone. */
export function directoryOf({ registry }: AdminContext, application: Application): IdentityServer {
  const directory = registry.byKey(application.directory);
  if (directory !== undefined) return directory;
  throw new Problem('not-usable', `The directory of "${application.slug}" was removed.`);
}
