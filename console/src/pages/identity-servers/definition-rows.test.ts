import { describe, expect, it } from 'vitest';
import { definitionRows } from './definition-rows.ts';

const badge = 'urn:example:badge';

describe('the table of definitions', () => {
  it('shows a schema and what it extends as one row', () => {
    const rows = definitionRows([
      { kind: 'schema', name: badge, definition: { id: badge, attributes: [{ name: 'colour' }] } },
      { kind: 'extension', name: `User ${badge}`, definition: { resourceType: 'User', schema: badge } },
      { kind: 'extension', name: `Group ${badge}`, definition: { resourceType: 'Group', schema: badge } },
    ]);
    expect(rows).toEqual([{ kind: 'schema', name: badge, extends: ['User', 'Group'], attributes: 1, removable: true }]);
  });

  it('shows a resource type, and an extension by a schema of the standard that cannot go alone', () => {
    const rows = definitionRows([
      { kind: 'resourceType', name: 'Device', definition: { name: 'Device' } },
      { kind: 'extension', name: `Device ${badge}`, definition: {} },
    ]);
    expect(rows).toEqual([
      { kind: 'resourceType', name: 'Device', extends: [], attributes: undefined, removable: true },
      { kind: 'extension', name: badge, extends: ['Device'], attributes: undefined, removable: false },
    ]);
  });
});
