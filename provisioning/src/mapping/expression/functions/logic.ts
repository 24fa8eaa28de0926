import { ExpressionError } from '../error.ts';
import { type ExpressionFunction, parameters } from '../function.ts';
import { isEmpty, isTrue } from '../value.ts';

export const logicFunctions: readonly ExpressionFunction[] = [
  {
    name: 'And',
    group: 'logic',
    parameters: parameters('condition…'),
    summary: 'True when all conditions are.',
    example: 'And([department] = "Sales", IsPresent([mail]))',
    result: 'True',
    entra: false,
    evaluate: (call) => {
      for (let index = 0; index < call.count; index += 1) if (!isTrue(call.value(index))) return false;
      return true;
    },
  },
  {
    name: 'Coalesce',
    group: 'logic',
    parameters: parameters('source…'),
    summary: 'The first value that is not absent; an empty text is not absent.',
    example: 'Coalesce([nickName], [givenName])',
    result: 'Mira',
    entra: true,
    evaluate: (call) => {
      for (let index = 0; index < call.count; index += 1) {
        const value = call.value(index);
        if (value !== null) return value;
      }
      return null;
    },
  },
  {
    name: 'IIF',
    group: 'logic',
    parameters: parameters('condition', 'valueIfTrue', 'valueIfFalse'),
    summary: 'One of two values; a comparison with an absent attribute is false.',
    example: 'IIF([country] = "NO", "Europe", "elsewhere")',
    result: 'Europe',
    entra: true,
    evaluate: (call) => call.value(isTrue(call.value(0)) ? 1 : 2),
  },
  {
    name: 'IsNull',
    group: 'logic',
    parameters: parameters('expression'),
    summary: 'True for an absent value.',
    example: 'IsNull([nickName])',
    result: 'True',
    entra: true,
    evaluate: (call) => call.value(0) === null,
  },
  {
    name: 'IsNullOrEmpty',
    group: 'logic',
    parameters: parameters('expression'),
    summary: 'True for an absent value, an empty text and an empty list.',
    example: 'IsNullOrEmpty([nickName])',
    result: 'True',
    entra: true,
    evaluate: (call) => isEmpty(call.value(0)),
  },
  {
    name: 'IsPresent',
    group: 'logic',
    parameters: parameters('expression'),
    summary: 'True for a value that is neither absent nor empty.',
    example: 'IsPresent([mail])',
    result: 'True',
    entra: true,
    evaluate: (call) => !isEmpty(call.value(0)),
  },
  {
    name: 'IsString',
    group: 'logic',
    parameters: parameters('expression'),
    summary: 'True for a text.',
    example: 'IsString([displayName])',
    result: 'True',
    entra: true,
    evaluate: (call) => typeof call.value(0) === 'string',
  },
  {
    name: 'Not',
    group: 'logic',
    parameters: parameters('source'),
    summary: 'False for True; True for everything else, also for an absent value.',
    example: 'Not([IsSoftDeleted])',
    result: 'True',
    entra: true,
    evaluate: (call) => !/^\s*true\s*$/i.test(call.text(0) ?? ''),
  },
  {
    name: 'Or',
    group: 'logic',
    parameters: parameters('condition…'),
    summary: 'True when one of the conditions is.',
    example: 'Or([country] = "SE", [country] = "NO")',
    result: 'True',
    entra: false,
    evaluate: (call) => {
      for (let index = 0; index < call.count; index += 1) if (isTrue(call.value(index))) return true;
      return false;
    },
  },
  {
    name: 'Switch',
    group: 'logic',
    parameters: parameters('source', 'defaultValue?', 'key…', 'value…'),
    summary:
      'The value behind the key that equals the source, case and all; the key "" is for an absent or empty source.',
    example: 'Switch([state], "Australia/Sydney", "QLD", "Australia/Brisbane", "SA", "Australia/Adelaide")',
    result: 'Australia/Brisbane',
    entra: true,
    check: (call) => {
      if (call.arguments.length % 2 === 0) return;
      throw new ExpressionError(
        'The last key of Switch has no value: write Switch(source, default, key, value, …).',
        call.position,
      );
    },
    evaluate: (call) => {
      const source = call.text(0) ?? '';
      for (let index = 2; index < call.count; index += 2) {
        const key = call.text(index);
        if (key === source) return call.value(index + 1);
      }
      return call.value(1);
    },
  },
];
