import { type ExpressionFunction, parameters } from '../function.ts';
import { integerOf, integerValue, isTrue } from '../value.ts';

export const conversionFunctions: readonly ExpressionFunction[] = [
  {
    name: 'BitAnd',
    group: 'conversion',
    parameters: parameters('value1', 'value2'),
    summary: 'The bits that both integers have; &H begins a hexadecimal one.',
    example: 'BitAnd(&HF, &HF7)',
    result: '7',
    entra: true,
    evaluate: (call) => {
      const [a, b] = [call.text(0), call.text(1)];
      if (a === null || b === null) return null;
      const [x, y] = [integerOf(a), integerOf(b)];
      if (x === undefined || y === undefined) throw call.failure('BitAnd takes integers, such as 512 or &H200.');
      return integerValue(x & y);
    },
  },
  {
    name: 'CBool',
    group: 'conversion',
    parameters: parameters('expression'),
    summary: 'True for True and for a number other than 0, else False.',
    example: 'CBool([givenName] = [surname])',
    result: 'False',
    entra: true,
    evaluate: (call) => isTrue(call.value(0)),
  },
  {
    name: 'ConvertToBase64',
    group: 'conversion',
    parameters: parameters('source'),
    summary: 'The Base64 form of a text in UTF-16LE.',
    example: 'ConvertToBase64("Hello world!")',
    result: 'SABlAGwAbABvACAAdwBvAHIAbABkACEA',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      if (source === null) return null;
      let bytes = '';
      for (let index = 0; index < source.length; index += 1) {
        const unit = source.charCodeAt(index);
        bytes += String.fromCharCode(unit & 0xff, unit >> 8);
      }
      return btoa(bytes);
    },
  },
  {
    name: 'ConvertToUTF8Hex',
    group: 'conversion',
    parameters: parameters('source'),
    summary: 'The bytes of a text in UTF-8 as hexadecimal digits.',
    example: 'ConvertToUTF8Hex("Hello world!")',
    result: '48656C6C6F20776F726C6421',
    entra: true,
    evaluate: (call) => {
      const source = call.text(0);
      if (source === null) return null;
      const bytes = new TextEncoder().encode(source);
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
    },
  },
  {
    name: 'CStr',
    group: 'conversion',
    parameters: parameters('value'),
    summary: 'The text of a number or a boolean.',
    example: 'CStr(12)',
    result: '12',
    entra: true,
    evaluate: (call) => call.text(0),
  },
];
