import { describe, expect, it } from 'vitest';
import { createLending } from './lending.ts';

/** Something that is under way until it is ended, and what has begun. */
function bodies() {
  const begun: string[] = [];
  return {
    begun,
    body(name: string) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const run = () => {
        begun.push(name);
        return promise;
      };
      return { run, end: resolve };
    },
  };
}

const moment = () => new Promise((resolve) => setImmediate(resolve));

describe('what is lent', () => {
  it('is waited for by whoever wants one of it, and by nobody else', async () => {
    const lending = createLending();
    const { begun, body } = bodies();
    const [chunk, one, other] = [body('chunk'), body('one'), body('other')];
    const all = [
      lending.lend(['a', 'b'], chunk.run),
      lending.apart(['b', 'c'], one.run),
      lending.apart(['c', 'd'], other.run),
    ];
    await moment();
    expect(begun).toEqual(['chunk', 'other']);
    expect(['a', 'b', 'c'].map(lending.isLent)).toEqual([true, true, false]);
    chunk.end();
    await moment();
    expect(begun).toEqual(['chunk', 'other', 'one']);
    expect(lending.isLent('a')).toBe(false);
    one.end();
    other.end();
    await Promise.all(all);
  });

  it('is not lent while somebody is at work on it, nor twice', async () => {
    const lending = createLending();
    const { begun, body } = bodies();
    const [one, other, chunk, second] = [body('one'), body('other'), body('chunk'), body('second')];
    const all = [
      lending.apart(['a'], one.run),
      lending.apart(['a'], other.run),
      lending.lend(['a', 'b'], chunk.run),
      lending.lend(['b', 'c'], second.run),
    ];
    await moment();
    expect(begun).toEqual(['one', 'other', 'second']);
    one.end();
    second.end();
    await moment();
    expect(begun).toEqual(['one', 'other', 'second']);
    other.end();
    await moment();
    expect(begun).toEqual(['one', 'other', 'second', 'chunk']);
    chunk.end();
    await Promise.all(all);
  });

  it('comes back when the body fails', async () => {
    const lending = createLending();
    const fail = () => Promise.reject(new Error('No.'));
    await expect(lending.lend(['a'], fail)).rejects.toThrow('No.');
    await expect(lending.apart(['a'], fail)).rejects.toThrow('No.');
    expect(await lending.lend(['a'], async () => lending.isLent('a'))).toBe(true);
    expect(lending.isLent('a')).toBe(false);
  });
});
