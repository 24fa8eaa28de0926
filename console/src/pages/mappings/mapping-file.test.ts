import { issueText, mappingsSchema } from '@rollcall/server/contract';
import { expect, it } from 'vitest';
import { readMappings } from './mapping-file.ts';

const side = { attributes: [], enabled: false };

it('reads what was exported, with defaults for what was left out', () => {
  const read = readMappings(JSON.stringify({ users: side, groups: side }), mappingsSchema, issueText);
  expect(read).toMatchObject({ mappings: { users: { enabled: false, create: true, filters: [] } } });
});

it('says what is wrong with another file', () => {
  const problemOf = (text: string) => readMappings(text, mappingsSchema, issueText).problem;
  expect(problemOf('{')).toMatch(/JSON/);
  expect(problemOf('{"users": 1}')).toMatch(/^users /);
});
