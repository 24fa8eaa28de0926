import type { Json } from '@rollcall/scim';

/** An extension with an attribute of every type and characteristic, so that fuzzers meet them all. */
export const FUZZ_SCHEMA = 'urn:example:params:scim:schemas:fuzz:2.0:User';

const attribute = (name: string, type: string, more: Record<string, Json> = {}) => ({ name, type, ...more });

export const FUZZ_EXTENSION = {
  id: FUZZ_SCHEMA,
  name: 'Fuzz',
  description: 'Attributes of every kind',
  attributes: [
    attribute('tags', 'string', { multiValued: true }),
    attribute('codes', 'string', { multiValued: true, caseExact: true }),
    attribute('numbers', 'integer', { multiValued: true }),
    attribute('level', 'integer'),
    attribute('weight', 'decimal'),
    attribute('hired', 'dateTime'),
    attribute('badge', 'binary', { caseExact: true }),
    attribute('link', 'reference', { referenceTypes: ['external'], caseExact: true }),
    attribute('remote', 'boolean'),
    attribute('needed', 'string', { required: true }),
    attribute('fixed', 'string', { mutability: 'immutable' }),
    attribute('fixedTags', 'string', { multiValued: true, mutability: 'immutable' }),
    attribute('secret', 'string', { mutability: 'writeOnly', returned: 'never' }),
    attribute('asked', 'string', { returned: 'request' }),
    attribute('shown', 'string', { mutability: 'readOnly' }),
    attribute('home', 'complex', {
      subAttributes: [attribute('street', 'string'), attribute('code', 'string', { mutability: 'immutable' })],
    }),
    attribute('places', 'complex', {
      multiValued: true,
      subAttributes: [
        attribute('value', 'string', { required: true }),
        attribute('type', 'string'),
        attribute('size', 'integer'),
        attribute('labels', 'string', { multiValued: true }),
        attribute('code', 'string', { mutability: 'immutable' }),
        attribute('shown', 'string', { mutability: 'readOnly' }),
        attribute('open', 'boolean'),
      ],
    }),
  ],
};

/** An extension that every user has. */
export const REQUIRED_SCHEMA = 'urn:example:params:scim:schemas:required:2.0:User';

export const REQUIRED_EXTENSION = {
  id: REQUIRED_SCHEMA,
  name: 'Required',
  description: 'An extension that is required',
  attributes: [attribute('note', 'string')],
};

const place = { value: 'a', type: 'work', size: 2, labels: ['x', 'y'], code: 'c1', open: true };

/** Paths below the extension with values that fit. */
export const FUZZ_CHANGES: readonly (readonly [path: string, values: readonly Json[]])[] = [
  ['tags', [['a', 'B'], ['b'], 'a', [], null]],
  ['tags[value eq "a"]', ['c', ['d'], [{ value: 'e' }], null]],
  ['tags[value eq "q"]', ['q', ['q', 'r']]],
  ['codes', [['a', 'A'], 'A']],
  ['numbers', [[1, 2], [2, '3'], 1]],
  ['numbers[value gt 1]', [5, [6]]],
  ['level', [1, '2', 1.5, -1]],
  ['weight', [1.5, '2.5', 1e21]],
  ['hired', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00+01:00', 'x']],
  ['badge', ['Zm9v', 'Zm8=', '!']],
  ['link', ['https://a.example', '']],
  ['remote', [true, 'False', 'yes']],
  ['needed', ['x', '', null]],
  ['fixed', ['x', 'y', null]],
  ['fixedTags', [['a'], ['b'], []]],
  ['secret', ['s']],
  ['asked', ['s']],
  ['shown', ['s']],
  ['home', [{ street: 's', code: 'c' }, { code: 'd' }, { street: '' }, null, 'x']],
  ['home.street', ['s', '', null]],
  ['home.code', ['c', 'd']],
  [
    'places',
    [[place], [{ value: 'b' }], place, [{ type: 'work' }], [{ value: 'a', labels: ['z'], code: 'c2' }], [place, place]],
  ],
  ['places[type eq "work"]', [place, { size: 3 }, { code: 'c2' }, [place, { value: 'b' }], 'a', null]],
  ['places[type eq "work"].size', [1, '7', null]],
  ['places[type eq "work"].labels', [['x'], ['n'], 'm', []]],
  ['places[labels eq "x"].labels', [['w']]],
  ['places[value eq "a" and open eq "True"].code', ['c1', 'c2']],
  ['places[value eq "a" and value eq "b"].size', [1]],
  ['places[value eq "n" and labels eq "l"].size', [1]],
  ['places[size ge 2 and size lt 9 or not (open eq true)]', [{ size: 4 }]],
  ['places.size', [8]],
  ['places.shown', ['x']],
  ['places.value', [null, 'v']],
];
