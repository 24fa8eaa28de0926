import type { DriftItemView } from '@rollcall/server/contract';
import { expect, it } from 'vitest';
import { wishesOf } from './wishes.ts';

const item = (id: string, path: string): DriftItemView => ({
  type: 'User',
  id,
  targetId: id,
  label: id,
  path,
  kind: 'value',
  expected: 'a',
  found: 'b',
  sinceAt: '2026-01-01T00:00:00Z',
  seenAt: '2026-01-01T00:00:00Z',
});

it('asks once for each attribute and each hundred objects', () => {
  const many = Array.from({ length: 150 }, (_, n) => item(String(n), 'title'));
  const wishes = wishesOf([...many, item('7', 'nickName')], 'push');
  expect(wishes.map(({ attribute, objects }) => [attribute, objects.length])).toEqual([
    ['title', 100],
    ['title', 50],
    ['nickName', 1],
  ]);
  expect(wishes[2]).toEqual({ decision: 'push', attribute: 'nickName', objects: ['user:7'] });
});
