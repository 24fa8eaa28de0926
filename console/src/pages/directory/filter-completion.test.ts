import { describe, expect, it } from 'vitest';
import type { SchemaAttribute } from '../../api/directory.ts';
import { complete, completionsAt } from './filter-completion.ts';

const DEPARTMENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';
const attribute = (path: string, type = 'string', more: Partial<SchemaAttribute> = {}): SchemaAttribute => ({
  path,
  type,
  canonicalValues: [],
  description: '',
  ...more,
});
const attributes = [
  attribute('userName'),
  attribute('active', 'boolean'),
  attribute('emails', 'complex'),
  attribute('emails.value'),
  attribute('emails.type', 'string', { canonicalValues: ['work', 'home'] }),
  attribute('meta.lastModified', 'dateTime'),
  attribute(DEPARTMENT),
];

/** `|` stands for the caret. */
function labels(marked: string): string[] {
  const caret = marked.indexOf('|');
  return completionsAt(marked.replace('|', ''), caret, attributes).items.map(({ label }) => label);
}

describe('completing a filter (RFC 7644 §3.4.2.2)', () => {
  it('begins with the attributes', () => {
    expect(labels('|')).toEqual(attributes.map(({ path }) => path));
    expect(labels('user|')).toEqual(['userName', DEPARTMENT]);
    expect(labels('DEPART|')).toEqual([DEPARTMENT]);
    expect(labels('not (act|')).toEqual(['active']);
  });

  it('goes on with the operators that the type has', () => {
    expect(labels('active |')).toEqual(['eq', 'ne', 'pr']);
    expect(labels('meta.lastModified g|')).toEqual(['gt', 'ge']);
    expect(labels('emails |')).toEqual(['pr', '[']);
    expect(labels('USERNAME s|')).toEqual(['sw']);
  });

  it('offers the values that there are', () => {
    expect(labels('active eq |')).toEqual(['true', 'false']);
    expect(labels('emails.type eq "w|')).toEqual(['"work"']);
    expect(labels('userName eq |')).toEqual([]);
    expect(labels('userName eq "act|')).toEqual([]);
  });

  it('names sub-attributes alone between brackets', () => {
    expect(labels('emails[|')).toEqual(['value', 'type']);
    expect(labels('emails[type eq "work" |')).toEqual([']', 'and', 'or']);
    expect(labels('emails[type eq "work" and |')).toEqual(['value', 'type']);
    expect(labels('emails[type eq |')).toEqual(['"work"', '"home"']);
  });

  it('joins what is complete, and closes what is open', () => {
    expect(labels('active pr |')).toEqual(['and', 'or']);
    expect(labels('(active eq true |')).toEqual([')', 'and', 'or']);
    expect(labels('userName eq "a b" o|')).toEqual(['or']);
    expect(labels('active pr and |')).toHaveLength(attributes.length);
  });

  it('puts a choice in place of the word at the caret', () => {
    const { from, items } = completionsAt('act eq true', 3, attributes);
    const [active] = items;
    expect(active && complete('act eq true', 3, from, active)).toEqual({ text: 'active eq true', caret: 7 });
  });
});
