import { describe, expect, it } from 'vitest';
import { searchQueue } from './search-queue.ts';

describe('the queue of searches', () => {
  it('serves identity servers in turn', () => {
    const queue = searchQueue<string>(10);
    for (const job of ['a1', 'a2', 'a3']) queue.add(1, job);
    queue.add(2, 'b1');
    queue.add(3, 'c1');
    const order = [1, 2, 3, 4, 5].map(() => queue.take()?.job);
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
    expect(queue.take()).toBeUndefined();
  });

  it('gives one identity server all but one of the threads', () => {
    const queue = searchQueue<string>(3);
    for (const job of ['a1', 'a2', 'a3']) queue.add(1, job);
    queue.add(2, 'b1');
    expect(queue.take()?.job).toBe('a1');
    expect(queue.take()?.job).toBe('b1');
    expect(queue.take()?.job).toBe('a2');
    expect(queue.take()).toBeUndefined();
    expect(queue.length()).toBe(1);
    queue.done(2);
    expect(queue.take()).toBeUndefined();
    queue.done(1);
    expect(queue.take()).toEqual({ server: 1, job: 'a3' });
  });

  it('gives it the only one when there is but one', () => {
    const queue = searchQueue<string>(1);
    queue.add(1, 'a1');
    expect(queue.take()?.job).toBe('a1');
  });

  it('hands out what waits when it is cleared', () => {
    const queue = searchQueue<string>(2);
    queue.add(1, 'a1');
    queue.add(2, 'b1');
    expect(queue.clear()).toEqual(['a1', 'b1']);
    expect(queue.length()).toBe(0);
    expect(queue.take()).toBeUndefined();
  });
});
