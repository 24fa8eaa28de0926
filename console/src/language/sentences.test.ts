import { describe, expect, it } from 'vitest';
import { translator } from './sentences.ts';

const translate = translator([
  ['In scope: member of {}.', 'Dans l’étendue : membre de {1}.'],
  ['{} and {} more differ.', '{1} et {2} autres diffèrent.'],
  ['Created in the target.', 'Créé dans la cible.'],
]);

describe('what is translated sentence by sentence', () => {
  it.each([
    ['Created in the target.', 'Créé dans la cible.'],
    [
      'name.givenName and 2 more differ. In scope: member of R.D.',
      'name.givenName et 2 autres diffèrent. Dans l’étendue : membre de R.D.',
    ],
    ['In scope: member of $1 $& (all).', 'Dans l’étendue : membre de $1 $& (all).'],
    ['Something new. Created in the target.', 'Something new. Créé dans la cible.'],
    ['Nothing of this is known.', 'Nothing of this is known.'],
    ['', ''],
  ])('%s: %s', (english, french) => {
    expect(translate(english)).toBe(french);
  });
});
