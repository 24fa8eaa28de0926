import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCatalogue, parseSchemaDefinition } from '@rollcall/scim';
import { afterEach, describe, expect, it } from 'vitest';
import { compileMappings } from '../mapping/compile.ts';
import { defaultMappings } from '../mapping/default-mappings.ts';
import type { AttributeMapping, Mappings, ScopingFilter } from '../mapping/model.ts';
import type { SourceObject } from '../source.ts';
import { createMapper, type MapperOptions } from './create-mapper.ts';
import type { Assessed, Mapper } from './mapper.ts';

/** Time that this pattern needs for n letters a and something else doubles with every letter. */
const EXPONENTIAL = '^(a+)+$';
const ENDLESS = `${'a'.repeat(60)}!`;
const NOW = Date.UTC(2026, 10, 25);

const open: Mapper[] = [];
afterEach(async () => {
  for (const mapper of open.splice(0)) await mapper.close();
});

const title = (pattern: string): ScopingFilter => ({
  name: 'Titles',
  clauses: [{ attribute: 'jobTitle', operator: 'REGEX MATCH', value: pattern }],
});

function mappings(filters: readonly ScopingFilter[], attributes: readonly AttributeMapping[] = []): Mappings {
  const { users, groups } = defaultMappings();
  const own = users.attributes.filter(({ target }) => !attributes.some((other) => other.target === target));
  return { users: { ...users, filters, attributes: [...own, ...attributes] }, groups };
}

const expression = (target: string, text: string): AttributeMapping => ({
  target,
  source: { kind: 'expression', expression: text },
  matching: 0,
  apply: 'always',
});

function mapper(given: Mappings, options: Partial<MapperOptions> = {}, catalogue = createCatalogue()): Mapper {
  const random = (bytes: number) => new Uint8Array(bytes);
  const made = createMapper(compileMappings(given, catalogue), catalogue, { now: () => NOW, random, ...options });
  open.push(made);
  return made;
}

function user(id: string, jobTitle: string, more: SourceObject['document'] = {}): Assessed {
  const document = { id, userName: `${id}@example.org`, active: true, title: jobTitle, ...more };
  return { object: { type: 'User', id, version: 1, label: id, document }, assignment: { kind: 'everyone' } };
}

const inScope = (result: unknown) =>
  typeof result === 'object' && result !== null && 'inScope' in result ? result.inScope : undefined;

/** Turns of the event loop while something runs. */
async function turnsDuring<T>(work: Promise<T>): Promise<{ turns: number; result: T }> {
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
  }, 2);
  try {
    return { result: await work, turns };
  } finally {
    clearInterval(timer);
  }
}

describe('a mapper of mappings without regular expressions', () => {
  it('gives every object its assessment', async () => {
    const results = await mapper(mappings([])).assess('User', [user('anna', 'Nurse'), user('ben', 'Cook')]);
    expect([...results.keys()]).toEqual(['anna', 'ben']);
    expect(results.get('anna')).toMatchObject({ inScope: true });
  });

  it('lets everything else have its turn while it evaluates many', async () => {
    const objects = Array.from({ length: 3000 }, (_, n) => user(`u${n}`, 'Nurse'));
    let ended = false;
    const work = mapper(mappings([]))
      .assess('User', objects)
      .finally(() => {
        ended = true;
      });
    let turns = 0;
    while (!ended) {
      await nextTurn();
      turns++;
    }
    expect((await work).size).toBe(3000);
    expect(turns).toBeGreaterThan(3);
  });

  it('makes what is thrown a problem of that object alone', async () => {
    const broken = user('ben', 'Cook');
    const document = new Proxy(broken.object.document, {
      get() {
        throw new Error('It is broken.');
      },
    });
    const objects = [
      user('anna', 'Nurse'),
      { ...broken, object: { ...broken.object, document } },
      user('cleo', 'Smith'),
    ];
    const results = await mapper(mappings([])).assess('User', objects);
    expect(results.get('ben')).toEqual({ code: 'InternalError', path: undefined, message: 'It is broken.' });
    expect(inScope(results.get('anna'))).toBe(true);
    expect(inScope(results.get('cleo'))).toBe(true);
  });
});

describe('a mapper of mappings with regular expressions', () => {
  it('says the same as one without a thread', async () => {
    const objects = [user('anna', 'Nurse'), user('ben', 'Cook', { name: { familyName: 'Ö' } }), user('cleo', '')];
    const filter = (clause: ScopingFilter['clauses'][number]) => [{ name: 'Titles', clauses: [clause] }];
    const here = mapper(mappings(filter({ attribute: 'jobTitle', operator: 'EQUALS', value: 'Nurse' })));
    const there = mapper(mappings(filter({ attribute: 'jobTitle', operator: 'REGEX MATCH', value: '^Nurse$' })));
    expect(await there.assess('User', objects)).toEqual(await here.assess('User', objects));
  });

  it('knows the attributes that an administrator added to the directory', async () => {
    const urn = 'urn:example:acme:1.0:User';
    const acme = parseSchemaDefinition({ id: urn, attributes: [{ name: 'badge' }] });
    const catalogue = createCatalogue({
      schemas: [acme],
      extensions: [{ resourceType: 'User', schema: urn, required: false }],
    });
    const filter = {
      name: 'Badges',
      clauses: [{ attribute: `${urn}:badge`, operator: 'REGEX MATCH', value: '^B' }],
    } as const;
    const made = mapper(mappings([filter]), {}, catalogue);
    const results = await made.assess('User', [
      user('anna', 'Nurse', { [urn]: { badge: 'B-1' } }),
      user('ben', 'Nurse', { [urn]: { badge: 'C-1' } }),
    ]);
    expect([...results.values()].map(inScope)).toEqual([true, false]);
  });

  it('gives expressions the time that it is told', async () => {
    const made = mapper(mappings([title('.')], [expression('title', 'Now()')]), { now: () => Date.UTC(2031, 0, 1) });
    const result = (await made.assess('User', [user('anna', 'Nurse')])).get('anna');
    expect(result !== undefined && 'attributes' in result && result.attributes.get('title')).toContain('2031');
  });

  it('ends one that takes for ever: its object has the problem, its neighbours their results, the server its turns', async () => {
    const made = mapper(mappings([title(EXPONENTIAL)]), { budget: 200 });
    const objects = [user('anna', 'aaa'), user('ben', ENDLESS), user('cleo', 'aab'), user('dora', 'a')];
    const { result, turns } = await turnsDuring(made.assess('User', objects));
    expect(result.get('ben')).toMatchObject({ code: 'ExpressionTimeout' });
    expect(['anna', 'cleo', 'dora'].map((id) => inScope(result.get(id)))).toEqual([true, false, true]);
    expect(turns).toBeGreaterThan(10);
    const next = await made.assess('User', [user('ben', 'aaaa'), user('emil', 'b')]);
    expect([...next.values()].map(inScope)).toEqual([true, false]);
  });

  it('ends several of one batch, one after another', async () => {
    const made = mapper(mappings([title(EXPONENTIAL)]), { budget: 200 });
    const objects = Array.from({ length: 6 }, (_, n) => user(`u${n}`, n % 3 === 0 ? ENDLESS : 'aa'));
    const results = await made.assess('User', objects);
    const codes = objects.map(({ object }) => {
      const result = results.get(object.id);
      return result !== undefined && 'code' in result ? result.code : inScope(result);
    });
    const three = ['ExpressionTimeout', true, true];
    expect(codes).toEqual([...three, ...three]);
  });

  it('also ends one in an expression', async () => {
    const slow = expression('title', `Replace([jobTitle], , "${EXPONENTIAL}", , "x", , )`);
    const made = mapper(mappings([], [slow]), { budget: 200 });
    const results = await made.assess('User', [user('anna', ENDLESS), user('ben', 'aaa')]);
    expect(results.get('anna')).toMatchObject({ code: 'ExpressionTimeout' });
    expect(inScope(results.get('ben'))).toBe(true);
  });

  it('answers batches that are asked for at once', async () => {
    const made = mapper(mappings([title('^a')]));
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => made.assess('User', [user(`x${n}`, 'a'), user(`y${n}`, 'b')])),
    );
    expect(answers.map((results) => [...results.keys()])).toEqual(answers.map((_, n) => [`x${n}`, `y${n}`]));
  });

  it('evaluates groups too, and nothing at all', async () => {
    const made = mapper(mappings([title('^a')]));
    const group: SourceObject = {
      type: 'Group',
      id: 'g',
      version: 1,
      label: 'Sales',
      document: { displayName: 'Sales' },
    };
    const results = await made.assess('Group', [{ object: group, assignment: { kind: 'direct' } }]);
    expect(inScope(results.get('g'))).toBe(true);
    expect((await made.assess('User', [])).size).toBe(0);
  });

  it('says why when the thread cannot begin, and blames no object for it', async () => {
    const random = (bytes: number) => new Uint8Array(bytes);
    const urn = 'urn:example:acme:1.0:User';
    const extended = createCatalogue({
      schemas: [parseSchemaDefinition({ id: urn, attributes: [{ name: 'badge' }] })],
      extensions: [{ resourceType: 'User', schema: urn, required: false }],
    });
    const clauses = [{ attribute: `${urn}:badge`, operator: 'REGEX MATCH', value: '^B' }] as const;
    const compiled = compileMappings(mappings([{ name: 'Badges', clauses }]), extended);
    const made = createMapper(compiled, createCatalogue(), { now: () => NOW, random });
    open.push(made);
    await expect(made.assess('User', [user('anna', 'Nurse')])).rejects.toThrow('badge');
  });

  it('refuses what is asked while or after it is closed', async () => {
    const made = mapper(mappings([title(EXPONENTIAL)]), { budget: 60_000 });
    const running = expect(made.assess('User', [user('ben', ENDLESS)])).rejects.toThrow('closed');
    await nextTurn();
    await made.close();
    await running;
    await expect(made.assess('User', [user('ben', 'a')])).rejects.toThrow('closed');
  });
});
