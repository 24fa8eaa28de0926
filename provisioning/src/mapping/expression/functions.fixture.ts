import type { EvaluationEnvironment } from './call.ts';
import { evaluate } from './evaluate.ts';
import { parseExpression } from './parse.ts';
import type { ExpressionValue } from './value.ts';

/** The user that the examples of the functions are about. */
export const MIRA: Readonly<Record<string, ExpressionValue>> = {
  userPrincipalName: 'mira@example.com',
  mail: 'mira@example.com',
  displayName: 'Mira Okafor',
  givenName: 'Mira',
  surname: 'Okafor',
  department: 'Sales',
  country: 'NO',
  state: 'QLD',
  IsSoftDeleted: false,
  proxyAddresses: ['SMTP:mira@example.com', 'smtp:m.okafor@example.com', 'SMTP:mira@example.com'],
  appRoleAssignments: [{ value: 'admin', display: 'Administrator', primary: true }, { value: 'reader' }],
};

/** 2 July 2021, 15:33:38 UTC, and bytes that go up from 0. */
export function environmentOf(attributes: Readonly<Record<string, ExpressionValue>>): EvaluationEnvironment {
  const known = new Map(Object.entries(attributes));
  let next = 0;
  return {
    attribute: (name) => known.get(name) ?? null,
    now: Date.UTC(2021, 6, 2, 15, 33, 38, 999),
    random: (bytes) => Uint8Array.from({ length: bytes }, () => next++ & 0xff),
  };
}

/** The value of an expression for an object with these attributes. */
export function valueFor(text: string, attributes: Readonly<Record<string, ExpressionValue>> = {}): ExpressionValue {
  return evaluate(parseExpression(text), environmentOf(attributes)).value;
}
