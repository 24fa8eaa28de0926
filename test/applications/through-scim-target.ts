import type { Attributes, Call, ScimTarget } from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { expect } from 'vitest';
import type { TestTarget } from '../targets/target.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const WORK = 'emails[type eq "work"].value';

export const attributes = (values: Readonly<Record<string, Json>>): Attributes => new Map(Object.entries(values));

export const newCall = (): Call => ({
  lane: 'normal',
  signal: new AbortController().signal,
  record: () => undefined,
});

/** How a test target is reached. */
export const optionsFor = ({ url, token }: TestTarget, dialect: 'rfc' | 'entra' = 'rfc') => ({
  baseUrl: url,
  credentials: token === undefined ? ({ kind: 'none' } as const) : ({ kind: 'token', token } as const),
  dialect,
  profile: null,
  targets: 'any' as const,
  now: () => Date.now(),
});

export const person = (name: string): Attributes =>
  attributes({
    userName: `${name}@acme.example`,
    externalId: `id-${name}`,
    active: true,
    displayName: name,
    'name.givenName': name,
    'name.familyName': 'Ortiz',
    [WORK]: `${name}@mail.acme.example`,
    [`${ENTERPRISE}:department`]: 'Ops',
  });

/** What provisioning does to a target, from an empty one; ends with what must then be there. */
export async function provision(target: ScimTarget, service: TestTarget): Promise<void> {
  const call = newCall();
  const ids = new Map<string, string>();
  for (const name of ['kai', 'mia', 'eva']) {
    expect(await target.find('User', 'userName', `${name}@acme.example`, call)).toEqual([]);
    ids.set(name, (await target.create('User', person(name), call)).id);
    const found = await target.find('User', 'externalId', `id-${name}`, call);
    expect(found.map(({ id }) => id)).toEqual([ids.get(name)]);
  }
  const [kai = '', mia = '', eva = ''] = ids.values();
  const changes = [
    { path: 'active', from: true, to: false },
    { path: 'title', from: undefined, to: 'Analyst' },
    { path: WORK, from: 'mia@mail.acme.example', to: 'm@acme.example' },
    { path: `${ENTERPRISE}:manager`, from: undefined, to: kai },
  ];
  const whole = new Map([...person('mia'), ...changes.map(({ path, to }): [string, Json] => [path, to])]);
  await target.update('User', mia, changes, whole, call);

  const finance = attributes({ displayName: 'Finance', externalId: 'id-finance' });
  expect(await target.find('Group', 'displayName', 'Finance', call)).toEqual([]);
  const group = await target.create('Group', finance, call);
  expect(await target.addMembers(group.id, [kai, mia, eva], call)).toEqual({ done: [kai, mia, eva], refused: [] });
  expect(await target.removeMembers(group.id, [mia], call)).toEqual({ done: [mia], refused: [] });
  const rename = [{ path: 'displayName', from: 'Finance', to: 'Finances' }];
  await target.update(
    'Group',
    group.id,
    rename,
    attributes({ displayName: 'Finances', externalId: 'id-finance' }),
    call,
  );
  await target.delete('User', eva, call);

  expect(await service.users()).toMatchObject([
    { userName: 'kai@acme.example', active: true, email: 'kai@mail.acme.example', department: 'Ops' },
    {
      userName: 'mia@acme.example',
      externalId: 'id-mia',
      active: false,
      givenName: 'mia',
      title: 'Analyst',
      email: 'm@acme.example',
      department: 'Ops',
      manager: 'kai@acme.example',
    },
  ]);
  const [left, ...others] = await service.groups();
  expect(others).toEqual([]);
  expect(left).toMatchObject({ displayName: 'Finances', externalId: 'id-finance' });
  expect(left?.members.filter((member) => member !== eva)).toEqual(['kai@acme.example']);
}
