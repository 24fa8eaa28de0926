import { importReportSchema } from '@rollcall/server/contract';
import { type Admin, administer } from '../harness/admin.ts';
import { type Company, dismiss, makeCompany, toGroupsCsv, toPeopleCsv } from '../people/company.ts';

/** The identity server that the applications are provisioned from. */
export interface Directory {
  readonly slug: string;
  /** displayNames of groups that hold people. */
  readonly groups: readonly string[];
  /** So many people are no longer in the files, and are disabled. */
  dismiss(count: number): Promise<void>;
}

const SLUG = 'hr';

/** Adds "HR" and feeds it with a company from two files. */
export async function addDirectory(admin: Admin): Promise<Directory> {
  const company = makeCompany({ people: 400, groups: 20, seed: 11 });
  await administer(admin, 'POST', '/identity-servers', { name: 'HR', slug: SLUG });
  await importFiles(admin, company, {});
  return {
    slug: SLUG,
    groups: company.groups.slice(3).map(({ name }) => name),
    dismiss: (count) => importFiles(admin, dismiss(company, count), { missing: 'disable', allowRemovals: count * 20 }),
  };
}

async function importFiles(
  admin: Admin,
  company: Company,
  options: { readonly missing?: string; readonly allowRemovals?: number },
): Promise<void> {
  const { body } = await administer(admin, 'POST', `/identity-servers/${SLUG}/import`, {
    people: { name: 'people.csv', text: toPeopleCsv(company) },
    groups: { name: 'groups.csv', text: toGroupsCsv(company) },
    ...options,
  });
  const { blocked } = importReportSchema.parse(body);
  if (blocked.length > 0) throw new Error(`The import was blocked: ${blocked.join(' ')}`);
}
