import { type ExpressionFunction, parameters } from '../function.ts';
import { isEmpty } from '../value.ts';

/** Functions that say how a value is handled, and pass it on as it is. */
export const flowFunctions: readonly ExpressionFunction[] = [
  {
    name: 'IgnoreFlowIfNullOrEmpty',
    group: 'flow',
    parameters: parameters('expression'),
    summary: 'Leaves the attribute out of what is sent when the expression is absent or empty.',
    example: 'IgnoreFlowIfNullOrEmpty([department])',
    result: 'Sales',
    entra: true,
    evaluate: (call) => {
      const value = call.value(0);
      if (isEmpty(value)) call.mark('ignoredIfEmpty');
      return value;
    },
  },
  {
    name: 'Redact',
    group: 'flow',
    parameters: parameters('value'),
    summary: 'Sends the value, but shows [Redact] in the provisioning log.',
    example: 'Redact([userPrincipalName])',
    result: 'mira@example.com',
    entra: true,
    evaluate: (call) => {
      call.mark('redacted');
      return call.value(0);
    },
  },
  {
    name: 'SelectUniqueValue',
    group: 'flow',
    parameters: parameters('value', 'value…'),
    summary: 'The first value that is neither absent nor empty; the target is not asked whether it is taken.',
    example: 'SelectUniqueValue(Join(".", [givenName], [surname]), [userPrincipalName])',
    result: 'Mira.Okafor',
    entra: true,
    topLevel: true,
    evaluate: (call) => {
      for (let index = 0; index < call.count; index += 1) {
        const value = call.value(index);
        if (!isEmpty(value)) return value;
      }
      return null;
    },
  },
];
