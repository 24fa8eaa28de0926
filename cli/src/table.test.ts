import { describe, expect, it } from 'vitest';
import { properties, table } from './table.ts';

describe('tables', () => {
  it('have columns as wide as their widest cell', () => {
    expect(
      table(
        ['ID', 'NAME'],
        [
          ['1', 'Ann'],
          ['1000', ''],
        ],
      ),
    ).toBe('ID    NAME\n1     Ann\n1000\n');
  });

  it('let nobody steer the terminal', () => {
    expect(table(['NAME'], [['a\u001b[31mb\nc\u009bd']])).toBe('NAME\na\uFFFD[31mb\uFFFDc\uFFFDd\n');
    expect(properties([['name', '\u0007']])).toBe('name  \uFFFD\n');
  });
});
