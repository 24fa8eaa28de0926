import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromServer } from '../console/src/language/fr/from-server.ts';
import { ERRORS } from '../provisioning/src/error.ts';
import { PROBLEMS } from '../server/src/admin/problem.ts';

// The server speaks English; the console translates what it knows. Here are both.

/** Where the engine says why it does something with an object, and what it did. */
const SAYING = [
  'provisioning/src/plan/{decide,quarantine,deletion-guard}.ts',
  'provisioning/src/run/{apply,describe,match,members,process-batch,removals,take-away}.ts',
];

/** The sentences of a source text, with `some` in place of what differs each time; not those of errors that are thrown. */
function sentencesOf(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|new TargetError\([\s\S]*?\);|const text = `.*`;/g, '');
  return (
    [...code.matchAll(/'((?:\\.|[^'\n\\])+)'|`((?:\$\{(?:[^{}`]|\{[^{}]*\})*\}|[^`\n])+)`/g)]
      .map(([, plain, template]) => plain ?? template ?? '')
      .map((text) => text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'some'))
      // A sentence comes before it; a part that may be empty; a number with its noun.
      .map((text) => text.replace(/^some (?=[A-Z])/, '').replaceAll(/(?<=\w)some/g, ''))
      .map((text) => text.replace(/^some (?=added|removed)/, 'some members '))
      .filter((text) => /^(?:some |[A-Z])\S* .*\.$/.test(text))
  );
}

describe('French', () => {
  it('has a title for every kind of problem', () => {
    expect(Object.keys(fromServer.problem).toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });

  it('has the reason and the advice of every error of provisioning', () => {
    expect(Object.keys(fromServer.advice).toSorted()).toEqual(Object.keys(ERRORS).toSorted());
    const left = Object.values(ERRORS).filter(({ reason }) => fromServer.say(reason) === reason);
    expect(left).toEqual([]);
  });

  it('says all that the engine says of an object', () => {
    const said = SAYING.flatMap((pattern) => globSync(pattern)).flatMap((path) =>
      sentencesOf(readFileSync(path, 'utf8')),
    );
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((sentence) => fromServer.say(sentence) === sentence)).toEqual([]);
  });

  it.each([
    ['name: must not be empty.', 'name: ne doit pas être vide.'],
    ['password: must have at least 12 characters.', 'password: doit avoir au moins 12 caractères.'],
    ['must have at most 100 characters', 'doit avoir au plus 100 caractères'],
    ['must be one of always, create', 'doit être l’un de always, create'],
    ['must be a whole number', 'doit être un nombre entier'],
    ['must be at least 1', 'doit être au moins 1'],
  ])('says what is wrong with a member of a request: %s', (english, french) => {
    expect(fromServer.say(english)).toBe(french);
  });

  it('says why somebody is in scope', () => {
    expect(fromServer.say('title and 2 more differ. In scope: member of Staff through Sales > Berlin.')).toBe(
      'title et 2 de plus diffèrent. Dans l’étendue\u00a0: membre de Staff par Sales > Berlin.',
    );
  });
});
