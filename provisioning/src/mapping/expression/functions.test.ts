import { describe, expect, it } from 'vitest';
import { MIRA, valueFor } from './functions.fixture.ts';
import { FUNCTIONS } from './functions.ts';
import { textOf } from './value.ts';

describe('FUNCTIONS', () => {
  it.each(FUNCTIONS.map(({ name, example, result }) => [name, example, result]))(
    'shows %s by an example that gives what it says',
    (_, example, result) => {
      const value = valueFor(example, MIRA);
      expect(textOf(value) ?? JSON.stringify(value)).toBe(result);
    },
  );

  it('has every function that Microsoft documents for app provisioning', () => {
    const names =
      'Append AppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd ' +
      'DateDiff DateFromNum FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF InStr IsNull IsNullOrEmpty IsPresent IsString ' +
      'Item Join Left Mid NormalizeDiacritics Not Now NumFromDate PCase RandomString Redact RemoveDuplicates Replace ' +
      'SelectUniqueValue SingleAppRoleAssignment Split StripSpaces Switch ToLower ToUpper Word ' +
      'AssertiveAppRoleAssignmentsComplex';
    expect(FUNCTIONS.filter(({ entra }) => entra).map(({ name }) => name)).toEqual(names.split(' ').sort());
  });

  it('is in the order of names and describes each function in one sentence', () => {
    const names = FUNCTIONS.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    for (const { name, summary, example } of FUNCTIONS) {
      expect(summary).toMatch(/^[A-Z][^\n]*\.$/);
      expect(example).toContain(`${name}(`);
    }
  });

  it('is plain data, so that it can be sent to an editor', () => {
    expect(JSON.parse(JSON.stringify(FUNCTIONS))).toEqual(FUNCTIONS);
  });
});
