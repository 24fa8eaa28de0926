import { describe, expect, it } from 'vitest';
import type { Compatibility } from '../rules.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { checkCanonicalValues } from './check-canonical-values.ts';

const user = createCatalogue().resourceTypes.get('User');

function check(type: string, compatibility: Compatibility): () => void {
  if (user === undefined) throw new Error('no User');
  const document = { userName: 'mira', emails: [{ value: 'm@acme.example', type }], userType: 'anything' };
  return () => checkCanonicalValues(user, document, { compatibility, notes: [] });
}

describe('canonical values (RFC 7643 §7)', () => {
  it('are the only ones that strict rules take', () => {
    expect(check('somewhere', 'strict')).toThrow(
      expect.objectContaining({
        scimType: 'invalidValue',
        message: expect.stringContaining('emails.type must be one of'),
      }),
    );
  });

  it('match without case where the attribute is not case-exact', () => {
    expect(check('WORK', 'strict')).not.toThrow();
  });

  it('are suggestions for tolerant rules', () => {
    expect(check('somewhere', 'tolerant')).not.toThrow();
  });
});
