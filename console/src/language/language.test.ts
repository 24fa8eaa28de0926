import { ATTENTION_KINDS } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import { catalogue as en } from './en/index.ts';
import { catalogue as fr } from './fr/index.ts';

/** What French spells as English does; each was looked at. */
const SAME_WORD =
  'Action Actions Active Application Applications Clause Cycle Date Direct Division Expression Extension Import Initial Installation Licence Navigation Phase Plan Plans Sessions Source Suggestions Type Version application installation';
/** Names and formats, which have no translation. */
const NAMES = ['Rollcall', 'Basic', 'Bearer', 'JSON', 'TLS', 'OK', 'RFC 7644', 'SCIM 2.0', 'OpenID Connect'];
/** Okta's console is English: people look for exactly these. */
const OKTAS_OWN = /^identityServers\.connect\.(steps\.okta|basic)\./;
/** They hold no word: they look one up, or put together what they are given. A filter is in SCIM's own language. */
const NO_WORDS = [
  'mappings.clause',
  'results.stepName',
  'results.planActions',
  'results.decideChosen',
  'settings.audit.did',
  'directory.filterExample.User',
];

/** Every text of a catalogue by its place; a sentence that is put together counts as the function that does it. */
function textsOf(value: unknown, at = '', texts = new Map<string, string>()): ReadonlyMap<string, string> {
  if (typeof value === 'string') texts.set(at, value);
  else if (typeof value === 'function') texts.set(at, String(value).replaceAll(/'(en|fr)'/g, ''));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) textsOf(inner, at === '' ? name : `${at}.${name}`, texts);
  }
  return texts;
}

describe('the French catalogue', () => {
  it('says nothing in English', () => {
    const reviewed = new Set([...SAME_WORD.split(' '), ...NAMES]);
    const english = textsOf(en);
    const left = [...textsOf(fr)]
      .filter(([at, text]) => english.get(at) === text && !reviewed.has(text))
      .map(([at]) => at)
      .filter((at) => !OKTAS_OWN.test(at));
    expect(left.toSorted()).toEqual(NO_WORDS.toSorted());
  });

  it('has a sentence for all that may need somebody, which the server says in English', () => {
    expect(Object.keys(fr.home.attentionOf).toSorted()).toEqual(ATTENTION_KINDS.toSorted());
  });

  it('keeps marks with the word before them, by a space that does not break', () => {
    const broken = [...textsOf(fr)].filter(([, text]) => !text.includes('=>') && /« | [»?!;:](?=\s|$)/.test(text));
    expect(broken).toEqual([]);
  });
});
