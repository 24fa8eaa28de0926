import { ENTERPRISE, type Resource, USER } from '../../api/directory.ts';
import { enterpriseAt, isActive, partsAt, textAt } from './read-attribute.ts';

/** A person as the form has them; empty is none. */
export interface PersonValues {
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly email: string;
  readonly phone: string;
  readonly title: string;
  readonly department: string;
  readonly employeeNumber: string;
  /** The id of a user. */
  readonly manager: string;
  readonly active: boolean;
}

export const NO_ONE: PersonValues = {
  userName: '',
  givenName: '',
  familyName: '',
  displayName: '',
  email: '',
  phone: '',
  title: '',
  department: '',
  employeeNumber: '',
  manager: '',
  active: true,
};

type Part = Readonly<Record<string, unknown>>;

/** The value that the form edits: the one at work, else the primary one, else the first. */
const chosenOf = (values: readonly Part[]): Part | undefined =>
  values.find(({ type }) => type === 'work') ?? values.find(({ primary }) => primary === true) ?? values[0];

export function personValues(user: Resource): PersonValues {
  return {
    userName: textAt(user, 'userName'),
    givenName: textAt(user, 'name', 'givenName'),
    familyName: textAt(user, 'name', 'familyName'),
    displayName: textAt(user, 'displayName'),
    email: textAt(chosenOf(partsAt(user, 'emails')) ?? {}, 'value'),
    phone: textAt(chosenOf(partsAt(user, 'phoneNumbers')) ?? {}, 'value'),
    title: textAt(user, 'title'),
    department: enterpriseAt(user, 'department'),
    employeeNumber: enterpriseAt(user, 'employeeNumber'),
    manager: enterpriseAt(user, 'manager', 'value'),
    active: isActive(user),
  };
}

const given = (parts: Readonly<Record<string, string>>): Part =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));

/** A new user as SCIM has it, without what is empty. */
export function newUser(values: PersonValues): Part {
  const { userName, displayName, title, givenName, familyName, email, phone, active } = values;
  const name = given({ givenName, familyName });
  const enterprise = {
    ...given({ department: values.department, employeeNumber: values.employeeNumber }),
    ...(values.manager === '' ? {} : { manager: { value: values.manager } }),
  };
  const isEnterprise = Object.keys(enterprise).length > 0;
  return {
    schemas: isEnterprise ? [USER, ENTERPRISE] : [USER],
    userName: userName.trim(),
    active,
    ...given({ displayName, title }),
    ...(Object.keys(name).length === 0 ? {} : { name }),
    ...(email === '' ? {} : { emails: [{ value: email, type: 'work', primary: true }] }),
    ...(phone === '' ? {} : { phoneNumbers: [{ value: phone, type: 'work' }] }),
    ...(isEnterprise ? { [ENTERPRISE]: enterprise } : {}),
  };
}

export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

const PATHS = {
  userName: 'userName',
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  displayName: 'displayName',
  title: 'title',
  department: `${ENTERPRISE}:department`,
  employeeNumber: `${ENTERPRISE}:employeeNumber`,
} as const;

/** The PATCH operations that bring a user to what the form says: of what was changed there, and nothing else. */
export function userChanges(user: Resource, values: PersonValues): readonly Operation[] {
  const before = personValues(user);
  // The keys of PATHS are the form's text fields.
  const names = Object.keys(PATHS) as (keyof typeof PATHS)[];
  const operations: Operation[] = names
    .filter((name) => values[name] !== before[name])
    .map((name) => replaceOrRemove(PATHS[name], values[name]));
  if (values.email !== before.email) operations.push(withChosen('emails', partsAt(user, 'emails'), values.email));
  if (values.phone !== before.phone) {
    operations.push(withChosen('phoneNumbers', partsAt(user, 'phoneNumbers'), values.phone));
  }
  if (values.manager !== before.manager) {
    const path = `${ENTERPRISE}:manager`;
    operations.push(
      values.manager === '' ? { op: 'remove', path } : { op: 'replace', path, value: { value: values.manager } },
    );
  }
  if (values.active !== before.active) operations.push({ op: 'replace', path: 'active', value: values.active });
  return operations;
}

const replaceOrRemove = (path: string, value: string): Operation =>
  value === '' ? { op: 'remove', path } : { op: 'replace', path, value };

/** The whole list with one value changed: strict servers have no target for a value that is not there yet. */
function withChosen(path: string, values: readonly Part[], value: string): Operation {
  const chosen = chosenOf(values);
  const next =
    value === ''
      ? values.filter((one) => one !== chosen)
      : chosen === undefined
        ? [{ value, type: 'work' }]
        : values.map((one) => (one === chosen ? { ...one, value } : one));
  return next.length === 0 ? { op: 'remove', path } : { op: 'replace', path, value: next };
}
