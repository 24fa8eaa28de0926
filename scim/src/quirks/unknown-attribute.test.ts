import { expect, it } from 'vitest';
import type { Compatibility, Rules } from '../rules.ts';
import { ignoreUnknown } from './unknown-attribute.ts';

it.each<Compatibility>(['tolerant', 'strict'])(
  'names what was ignored, in %s (RFC 7644 §3.1, C-79)',
  (compatibility) => {
    const rules: Rules = { compatibility, notes: [] };
    ignoreUnknown(rules, 'shoeSize');
    expect(rules.notes).toEqual([{ quirk: 'unknown-attribute', detail: 'shoeSize' }]);
  },
);
