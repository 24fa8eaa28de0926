import { expect, it } from 'vitest';
import { patched } from '../../test/patching.ts';

it('reads the keys of a path-less object as the paths they are, in both modes (AMB-24)', () => {
  const operations = [{ op: 'replace', value: { 'name.givenName': 'Mía', 'name.familyName': 'Ortiz' } }];
  for (const compatibility of ['strict', 'tolerant'] as const) {
    const outcome = patched(operations, { compatibility });
    expect(outcome.document.name).toEqual({ givenName: 'Mía', familyName: 'Ortiz' });
    expect(outcome.quirks).toEqual(['dotted-keys']);
  }
});
