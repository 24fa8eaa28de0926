import { type ExpressionFunction, parameters } from '../function.ts';
import { type ExpressionRecord, type ExpressionValue, isList, textOf } from '../value.ts';

/**
 * Role assignments come as records or, from an attribute with plain values, as texts. Complex roles carry
 * `primary: false`, as those that Entra sends.
 */
export const roleFunctions: readonly ExpressionFunction[] = [
  {
    name: 'AppRoleAssignmentsComplex',
    group: 'roles',
    parameters: parameters('[appRoleAssignments]'),
    summary: 'All roles of the user, added to those that the target has.',
    example: 'AppRoleAssignmentsComplex([appRoleAssignments])',
    result: '[{"primary":false,"display":"Administrator","value":"admin"},{"primary":false,"value":"reader"}]',
    entra: true,
    evaluate: (call) => rolesOf(call.value(0)).map(complexRole),
  },
  {
    name: 'AssertiveAppRoleAssignmentsComplex',
    group: 'roles',
    parameters: parameters('[appRoleAssignments]'),
    summary: 'All roles of the user, in place of those that the target has.',
    example: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])',
    result: '[{"primary":false,"display":"Administrator","value":"admin"},{"primary":false,"value":"reader"}]',
    entra: true,
    evaluate: (call) => {
      call.mark('replacesAll');
      return rolesOf(call.value(0)).map(complexRole);
    },
  },
  {
    name: 'SingleAppRoleAssignment',
    group: 'roles',
    parameters: parameters('[appRoleAssignments]'),
    summary: 'The value of one role: of the primary one, else of the first.',
    example: 'SingleAppRoleAssignment([appRoleAssignments])',
    result: 'admin',
    entra: true,
    evaluate: (call) => {
      const roles = rolesOf(call.value(0));
      const role = roles.find(({ primary }) => primary === true) ?? roles[0];
      return role === undefined ? null : (role.value ?? role.display ?? role.displayName ?? null);
    },
  },
];

function rolesOf(value: ExpressionValue): readonly ExpressionRecord[] {
  if (isList(value)) return value.map((role) => (typeof role === 'string' ? { value: role } : role));
  const text = textOf(value);
  return text === null || text === undefined || text === '' ? [] : [{ value: text }];
}

function complexRole(role: ExpressionRecord): ExpressionRecord {
  const display = role.display ?? role.displayName;
  return {
    primary: false,
    ...(role.type === undefined ? {} : { type: role.type }),
    ...(display === undefined ? {} : { display }),
    ...(role.value === undefined ? {} : { value: role.value }),
  };
}
