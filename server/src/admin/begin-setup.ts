import { explainConflict, newAdministrator } from './administrators.ts';
import type { AdminContext } from './context.ts';
import { makeLink } from './one-time-link.ts';

/**
 * While nobody is administrator: makes the one that the configuration names, or else a link that lets whoever has it
 * become one, in place of the link of an earlier start. The link; undefined when none is needed. Errors:
 * `invalid-request` when the configured password is the user name, `already-exists` when somebody else has that name.
 */
export async function beginSetup(context: AdminContext): Promise<string | undefined> {
  const { administrators, applications } = context.store;
  const { adminUser: userName, adminPassword: password } = context.config;
  if (!(await administrators.needSetup())) return undefined;
  if (password === undefined) return (await makeLink(context, 'setup', null)).link;
  const person = await newAdministrator(context, { userName, role: 'administrator', password });
  await administrators.add(person).catch(explainConflict);
  const after = { userName, role: person.role, source: person.source, active: true };
  const entry = { at: context.now(), who: 'local', from: null, subject: userName, before: null, after };
  await applications.audit({ ...entry, action: 'administrator.setUp' });
  return undefined;
}
