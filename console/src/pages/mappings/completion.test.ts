import { describe, expect, it } from 'vitest';
import { callAt, wordAt } from './caret.ts';
import { type Completion, completed, completionsAt, type Known } from './completion.ts';

const known: Known = {
  functions: ['Join', 'IsNull', 'IsPresent', 'Guid', 'Trim'].map((name) => ({
    name,
    parameters: name === 'Guid' ? [] : [{}],
  })),
  attributes: ['surname', 'givenName', 'name.givenName'],
};

/** The bar stands for the caret. */
const at = (marked: string) => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') });
const offered = (marked: string, asked = false) => {
  const { text, caret } = at(marked);
  return completionsAt(text, caret, known, asked).map(({ name }) => name);
};
const chosen = (marked: string, completion: Completion) => {
  const { text, caret } = at(marked);
  const result = completed(text, caret, completion, known);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
};

describe('completion of expressions', () => {
  it('offers functions and attributes that begin with what is typed, then those that hold it', () => {
    expect(offered('Is|')).toEqual(['IsNull', 'IsPresent']);
    expect(offered('Trim(giv|')).toEqual(['givenName', 'name.givenName']);
    expect(offered('Join(" ", [n|')).toEqual(['name.givenName', 'surname', 'givenName']);
  });

  it('offers attributes behind a bracket, and everything elsewhere only when asked', () => {
    expect(offered('Trim([|')).toEqual(['surname', 'givenName', 'name.givenName']);
    expect(offered('Trim(|')).toEqual([]);
    expect(offered('Trim(|', true)).toHaveLength(8);
  });

  it('offers nothing within a text, nor for a function that is written already', () => {
    expect(offered('Trim("Is|")')).toEqual([]);
    expect(offered(String.raw`Trim("a\"Is|`)).toEqual([]);
    expect(offered('Trim|([surname])')).toEqual([]);
  });

  it('puts the caret between the parentheses of a function, or behind those of one without parameters', () => {
    expect(chosen('Tr|', { kind: 'function', name: 'Trim' })).toBe('Trim(|)');
    expect(chosen('Tr|im([surname])', { kind: 'function', name: 'Join' })).toBe('Join(|[surname])');
    expect(chosen('Gu|', { kind: 'function', name: 'Guid' })).toBe('Guid()|');
  });

  it('closes the bracket of an attribute once', () => {
    expect(chosen('Trim([su|', { kind: 'attribute', name: 'surname' })).toBe('Trim([surname]|');
    expect(chosen('Trim([su|x])', { kind: 'attribute', name: 'surname' })).toBe('Trim([surname]|)');
    expect(chosen('Trim(su|)', { kind: 'attribute', name: 'surname' })).toBe('Trim([surname]|)');
  });
});

describe('where the caret is in an expression', () => {
  const call = (marked: string) => callAt(at(marked).text, at(marked).caret);

  it('knows the innermost call and its argument', () => {
    expect(call('Join(" ", Trim([a]), |)')).toEqual({ name: 'Join', argument: 2 });
    expect(call('Join(" ", Trim([a|]), )')).toEqual({ name: 'Trim', argument: 0 });
    expect(call('Join("a,(b", |')).toEqual({ name: 'Join', argument: 1 });
    expect(call('Join(" ")|')).toBeUndefined();
  });

  it('knows the function whose name the caret touches', () => {
    expect(call('Join(" ", Tr|im([a]))')).toEqual({ name: 'Trim', argument: -1 });
  });

  it('takes a path with brackets and texts of its own for one attribute', () => {
    expect(call('Join([emails[type eq "w]k,"].value], |')).toEqual({ name: 'Join', argument: 1 });
    const { text, caret } = at('Trim([emails[type eq "w|');
    expect(wordAt(text, caret)).toEqual({ kind: 'attribute', from: 6, to: 23, typed: 'emails[type eq "w' });
  });
});
