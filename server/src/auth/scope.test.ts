import { describe, expect, it } from 'vitest';
import { allows } from './scope.ts';

describe('a scope', () => {
  it.each([
    [{ '*': 'write' }, 'User', 'write', true],
    [{ '*': 'read' }, 'User', 'read', true],
    [{ '*': 'read' }, 'User', 'write', false],
    [{ User: 'write' }, 'User', 'read', true],
    [{ User: 'write' }, 'Group', 'read', false],
    [{ '*': 'write', Group: 'read' }, 'Group', 'write', false],
    [{ '*': 'write', Group: 'read' }, 'Device', 'write', true],
    [{}, 'User', 'read', false],
    [{ '*': 'read' }, 'constructor', 'write', false],
  ] as const)('%j on %s allows %s: %s', (scope, type, access, allowed) => {
    expect(allows(scope, type, access)).toBe(allowed);
  });
});
