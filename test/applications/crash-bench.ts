import type { JsonObject } from '@rollcall/scim';
import { type Admin, administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import type { ComparableUser } from '../targets/comparable.ts';
import { type AwkwardTarget, awkwardTarget } from '../targets/target.ts';
import { type CrashProxy, crashProxy } from './crash-proxy.ts';
import { addApplication, type TestApplication } from './harness/application.ts';

interface Person {
  readonly id: string;
  readonly userName: string;
  title: string;
  active: boolean;
  /** Whether the directory has it still. */
  present: boolean;
}

interface Team {
  readonly id: string;
  readonly name: string;
  readonly members: Set<string>;
  present: boolean;
}

/** One process, or several on one database. */
export interface Killable {
  readonly admin: Admin;
  identityServer(): Promise<TestIdentityServer>;
  remove(): Promise<void>;
}

/**
 * A Rollcall that can be killed, which provisions a directory into an awkward target through a proxy; and a model of
 * what the directory was told, by externalId.
 */
export interface CrashBench<Rollcall extends Killable = ServerProcess> {
  readonly rollcall: Rollcall;
  readonly application: TestApplication;
  readonly proxy: CrashProxy;
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Team>;
  /** Those that are there and active. */
  staff(): Person[];
  team(): Team[];
  hire(): Promise<string>;
  retitle(person: Person): Promise<void>;
  dismiss(person: Person): Promise<void>;
  expel(person: Person): Promise<void>;
  found(members: readonly Person[]): Promise<Team>;
  dissolve(team: Team): Promise<void>;
  join(team: Team, person: Person): Promise<void>;
  quit(team: Team, person: Person): Promise<void>;
  /** The target does every fifth write without a word, and answers another fifth with 500, until `calm`. */
  disturb(): void;
  calm(): void;
  /** How many removals the guard lets pass. */
  allowRemovals(number: number): Promise<void>;
  /**
   * Waits until all is provisioned, and says what is not as it should be. What failed while the target was disturbed
   * is tried again at once where `again` is set.
   */
  inspect(again?: 'again'): Promise<string[]>;
  close(): Promise<void>;
}

/** With one process. The application is started, unless the bench is to begin with `idle`. */
export const crashBench = async (
  leaving: 'disable' | 'delete',
  begin: 'started' | 'idle' = 'started',
): Promise<CrashBench> => crashBenchOf(await startProcess(), leaving, begin);

/** The same with whatever Rollcall, which the bench removes at its end. */
export async function crashBenchOf<Rollcall extends Killable>(
  rollcall: Rollcall,
  leaving: 'disable' | 'delete',
  begin: 'started' | 'idle',
): Promise<CrashBench<Rollcall>> {
  const target: AwkwardTarget = await awkwardTarget({ token: 'secret', switches: { duplicatesOnReplay: true } });
  const proxy = await crashProxy(target.url);
  const hr: TestIdentityServer = await rollcall.identityServer();
  const application: TestApplication = await addApplication(rollcall.admin, {
    directory: hr.slug,
    url: proxy.url,
    token: target.token,
    settings: { leaving, guard: { enabled: true, number: 100_000, percent: null } },
  });
  if (begin === 'started') await application.start();
  const people = new Map<string, Person>();
  const teams = new Map<string, Team>();
  let made = 0;

  async function ask(method: string, path: string, body?: JsonObject): Promise<void> {
    const answer = await hr.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }
  const patch = (path: string, ...operations: JsonObject[]) =>
    ask('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations });

  async function join(team: Team, person: Person): Promise<void> {
    await patch(`/Groups/${team.id}`, { op: 'add', path: 'members', value: [{ value: person.id }] });
    team.members.add(person.userName);
  }

  const expectedUsers = () =>
    [...people]
      .filter(([, { present, active }]) => leaving === 'disable' || (present && active))
      .map(([externalId, { userName, title, active, present }]) =>
        shown({ externalId, userName, title, active: active && present }),
      )
      .sort();

  const expectedGroups = () =>
    [...teams]
      .filter(([, { present }]) => present)
      .map(([externalId, { name, members }]) => JSON.stringify({ externalId, name, members: [...members].sort() }))
      .sort();

  return {
    rollcall,
    application,
    proxy,
    people,
    teams,
    staff: () => [...people.values()].filter(({ active, present }) => active && present),
    team: () => [...teams.values()].filter(({ present }) => present),
    async hire() {
      const externalId = `p${++made}`;
      const userName = `${externalId}@acme.example`;
      const id = await hr.user({ externalId, userName, title: 'New' });
      people.set(externalId, { id, userName, title: 'New', active: true, present: true });
      return externalId;
    },
    async retitle(person) {
      const title = `Title ${++made}`;
      await patch(`/Users/${person.id}`, { op: 'replace', path: 'title', value: title });
      person.title = title;
    },
    async dismiss(person) {
      await patch(`/Users/${person.id}`, { op: 'replace', path: 'active', value: false });
      person.active = false;
      if (leaving === 'delete') for (const { members } of teams.values()) members.delete(person.userName);
    },
    async expel(person) {
      await ask('DELETE', `/Users/${person.id}`);
      person.present = false;
      for (const { members } of teams.values()) members.delete(person.userName);
    },
    async found(members) {
      const externalId = `g${++made}`;
      const name = `Team ${externalId}`;
      const id = await hr.group(name);
      await patch(`/Groups/${id}`, { op: 'add', path: 'externalId', value: externalId });
      const team: Team = { id, name, members: new Set(), present: true };
      teams.set(externalId, team);
      for (const person of members) await join(team, person);
      return team;
    },
    async dissolve(team) {
      await ask('DELETE', `/Groups/${team.id}`);
      team.present = false;
    },
    join,
    async quit(team, person) {
      await patch(`/Groups/${team.id}`, { op: 'remove', path: `members[value eq "${person.id}"]` });
      team.members.delete(person.userName);
    },
    disturb: () =>
      target.server.set({ dropAfterReceiving: { probability: 0.2 }, failAfterStoring: { probability: 0.2 } }),
    calm: () => target.server.set({ dropAfterReceiving: false, failAfterStoring: false }),
    async allowRemovals(number) {
      await administer(rollcall.admin, 'PATCH', `/applications/${application.slug}`, {
        settings: { guard: { number } },
      });
    },
    async inspect(again) {
      await (again === undefined ? application.steady() : application.insist());
      const users = (await target.users()).map(({ externalId, userName, title, active }) =>
        shown({ externalId, userName, title, active }),
      );
      const groups = (await target.groups()).map(({ externalId, displayName, members }) =>
        JSON.stringify({ externalId, name: displayName, members }),
      );
      const counts = [...target.server.created('Users').externalId, ...target.server.created('Groups').externalId];
      const { server } = target;
      const deletions = server.log().filter(({ effect }) => effect === 'deleted').length;
      const meant =
        [...teams.values()].filter(({ present }) => !present).length +
        (leaving === 'delete' ? [...people.values()].filter(({ active, present }) => !(active && present)).length : 0);
      return [
        ...differences('user', expectedUsers(), users),
        ...differences('group', expectedGroups(), groups),
        ...server.duplicates().map((value) => `held more than once: ${value}`),
        ...counts.filter(([, count]) => count > 1).map(([id, count]) => `${id} was created ${count} times`),
        ...(deletions > meant ? [`${deletions} deletions where ${meant} were meant`] : []),
      ];
    },
    async close() {
      await rollcall.remove();
      await proxy.close();
      await target.close();
    },
  };
}

/** Who is disabled keeps the values of before: nothing but the disabling is sent. */
function shown({
  externalId,
  userName,
  title,
  active,
}: Pick<ComparableUser, 'externalId' | 'userName' | 'title' | 'active'>): string {
  return JSON.stringify({ externalId, userName, active, title: active === true ? title : 'any' });
}

function differences(what: string, expected: readonly string[], found: readonly string[]): string[] {
  return [
    ...expected.filter((one) => !found.includes(one)).map((one) => `missing ${what}: ${one}`),
    ...found.filter((one) => !expected.includes(one)).map((one) => `not meant ${what}: ${one}`),
  ];
}
