import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueText } from './issue-text.ts';

describe('what is wrong with a value', () => {
  it.each([
    [z.boolean(), 'yes', 'must be true or false'],
    [z.coerce.number(), 'many', 'must be a number'],
    [z.int(), 1.5, 'must be a whole number'],
    [z.int().min(1), 0, 'must be at least 1'],
    [z.int().max(9), 10, 'must be at most 9'],
    [z.string(), 5, 'must be a text'],
    [z.string().min(1), '', 'must not be empty'],
    [z.string().max(2), 'abc', 'must have at most 2 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1'],
    [z.strictObject({}), [], 'must be a JSON object'],
    [z.enum(['read', 'write']), 'admin', 'must be one of read, write'],
    [z.literal(1), 2, 'must be 1'],
    [z.string().regex(/^a$/, 'must be a'), 'b', 'must be a'],
    [z.string().refine(() => false, 'must fit'), 'b', 'must fit'],
  ])('is said plainly (%#): %s', (schema, value, words) => {
    const [issue] = schema.safeParse(value).error?.issues ?? [];
    expect(issue === undefined ? undefined : issueText(issue)).toBe(words);
  });
});
