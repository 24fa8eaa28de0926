import { type ExpressionFunction, parameters } from '../function.ts';
import { type ExpressionValue, isList, textOf } from '../value.ts';

export const listFunctions: readonly ExpressionFunction[] = [
  {
    name: 'Count',
    group: 'lists',
    parameters: parameters('attribute'),
    summary: 'The number of values.',
    example: 'Count([proxyAddresses])',
    result: '3',
    entra: true,
    evaluate: (call) => {
      const value = call.value(0);
      if (isList(value)) return value.length;
      return value === null ? 0 : 1;
    },
  },
  {
    name: 'Item',
    group: 'lists',
    parameters: parameters('attribute', 'index'),
    summary: 'A value of a list by its number from 1; absent when the list is shorter.',
    example: 'Item([proxyAddresses], 1)',
    result: 'SMTP:mira@example.com',
    entra: true,
    evaluate: (call) => {
      const index = call.whole(1);
      if (index < 1) throw call.failure('The index of Item counts from 1.');
      return textsOf(call.value(0), call.failure)[index - 1] ?? null;
    },
  },
  {
    name: 'Join',
    group: 'lists',
    parameters: parameters('separator', 'source…'),
    summary: 'Puts texts and the values of lists together, a separator between them; empty ones are left out.',
    example: 'Join(", ", "", [surname], [givenName])',
    result: 'Okafor, Mira',
    entra: true,
    evaluate: (call) => {
      const parts: string[] = [];
      for (let index = 1; index < call.count; index += 1) {
        for (const part of textsOf(call.value(index), call.failure)) if (part !== '') parts.push(part);
      }
      return parts.join(call.text(0) ?? '');
    },
  },
  {
    name: 'RemoveDuplicates',
    group: 'lists',
    parameters: parameters('attribute'),
    summary: 'Every value of a list once; values that differ in case alone are different.',
    example: 'RemoveDuplicates([proxyAddresses])',
    result: '["SMTP:mira@example.com","smtp:m.okafor@example.com"]',
    entra: true,
    evaluate: (call) => {
      const value = call.value(0);
      return value === null ? null : [...new Set(textsOf(value, call.failure))];
    },
  },
  {
    name: 'Split',
    group: 'lists',
    parameters: parameters('source', 'delimiter'),
    summary: 'Makes a list of a text, cutting at a delimiter; blanks around a value and empty values are dropped.',
    example: 'Split("PermissionSetOne, PermissionSetTwo", ",")',
    result: '["PermissionSetOne","PermissionSetTwo"]',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      const delimiter = call.text(1) ?? '';
      if (delimiter === '') throw call.failure('The delimiter of Split is empty.');
      if (source === null) return null;
      const parts = source.split(delimiter).map((part) => part.trim());
      return parts.filter((part) => part !== '');
    },
  },
];

/** The values of a list, or the one value, or none. */
function textsOf(value: ExpressionValue, failure: (message: string) => Error): readonly string[] {
  if (!isList(value)) {
    const text = textOf(value);
    return text === null || text === undefined ? [] : [text];
  }
  return value.map((element) => {
    if (typeof element === 'string') return element;
    throw failure('Role assignments are read by SingleAppRoleAssignment or AppRoleAssignmentsComplex.');
  });
}
