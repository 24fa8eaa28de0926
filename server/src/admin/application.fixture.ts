import type { Config } from '../config.ts';
import { type ApplicationView, applicationSchema } from '../contract/application.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { importReportSchema } from '../contract/import.ts';
import { type ProblemView, problemSchema } from '../contract/problem.ts';
import { issuedTokenSchema } from '../contract/token.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

type Method = Parameters<TestRollcall['send']>[0];

/** A Rollcall with a directory `hr` of three people and two groups, and an identity server that is a target. */
export interface TestApplications extends TestRollcall {
  /** Of the target. */
  readonly connection: { readonly baseUrl: string; readonly secret: string };
  /** Adds an application of the directory `hr`. */
  add(body?: object): Promise<ApplicationView>;
  /** The problem that a request is answered with. */
  problem(method: Method, path: string, body?: unknown): Promise<ProblemView>;
  importPeople(people: string, groups?: string): Promise<void>;
}

export const PEOPLE = `userName,externalId,givenName,familyName,displayName,email,title,active
anna@example.com,1,Anna,Ärger,Anna Ärger,anna@example.com,Engineer,true
bob@example.com,2,Bob,O'Hara,Bob O'Hara,bob@example.com,,true
carl@example.com,3,Carl,Cox,=Carl Cox,carl@example.com,Clerk,true
`;
export const GROUPS = `group,externalId,member
Sales,g1,anna@example.com
Sales,g1,bob@example.com
Everybody,g2,g1
`;

export async function openTestApplications(changes: Partial<Config> = {}): Promise<TestApplications> {
  const rollcall = await openTestRollcall(changes);
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'hr', default: true });
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'target' });
  const input = { name: 'engine' };
  const { token } = await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/target/tokens', input);

  async function importPeople(people: string, groups?: string): Promise<void> {
    const files = {
      people: { name: 'people.csv', text: people },
      ...(groups === undefined ? {} : { groups: { name: 'groups.csv', text: groups } }),
      allowRemovals: 100,
    };
    const report = await rollcall.ask(importReportSchema, 'POST', '/identity-servers/hr/import', files);
    if (report.blocked.length > 0) throw new Error(report.blocked.join(' '));
  }
  await importPeople(PEOPLE, GROUPS);

  return {
    ...rollcall,
    connection: { baseUrl: `${rollcall.url}/scim/target/v2`, secret: token },
    add: (body = {}) => rollcall.ask(applicationSchema, 'POST', '/applications', { name: 'CRM', ...body }),
    async problem(method, path, body) {
      const { status, text } = await rollcall.send(method, path, body);
      if (status < 400) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      return problemSchema.parse(JSON.parse(text));
    },
    importPeople,
  };
}
