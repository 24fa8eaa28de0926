import { expect, it } from 'vitest';
import { checkText } from './text.ts';

it('accepts whole characters of every plane, up to 100,000 units', () => {
  expect(() => checkText('Mira Økafor \u{1f600}\n', 'title')).not.toThrow();
  expect(() => checkText('x'.repeat(100_000), 'title')).not.toThrow();
});

it.each(['\0', '\ud800', '\udc00\ud800', 'x'.repeat(100_001)])('refuses what cannot be kept faithfully: %#', (text) => {
  expect(() => checkText(text, 'title')).toThrow(
    expect.objectContaining({ scimType: 'invalidValue', message: expect.stringMatching(/^title /) }),
  );
});
