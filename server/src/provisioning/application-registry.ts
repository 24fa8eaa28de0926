import { Problem } from '../admin/problem.ts';
import type { Application, Applications } from '../store/application-contract.ts';

/** The application with this key. Errors: Problem not-found when it is gone or being removed. */
export async function applicationOf(applications: Applications, key: number): Promise<Application> {
  const found = (await applications.list()).find((application) => application.key === key && !application.removing);
  if (found === undefined) throw new Problem('not-found', 'The application was removed.');
  return found;
}
