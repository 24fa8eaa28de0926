import type { Target } from '../target.ts';

/**
 * The target, with `check` before every call: it throws when the lease has run out, by the clock of this process. A
 * signal alone comes too late where a process stood still: the answer that it waited for is met first, and the next
 * call would go out.
 */
export function whileHeld(target: Target, check: () => void): Target {
  const held =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check();
      return call(...args);
    };
  return {
    readsBeforeUpdate: target.readsBeforeUpdate,
    check: held(target.check),
    find: held(target.find),
    read: held(target.read),
    create: held(target.create),
    update: held(target.update),
    delete: held(target.delete),
    members: held(target.members),
    addMembers: held(target.addMembers),
    removeMembers: held(target.removeMembers),
    close: target.close,
  };
}
