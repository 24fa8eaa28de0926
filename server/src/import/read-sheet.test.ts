import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet } from './read-sheet.ts';

const read = (text: string, name = 'people.csv') => readSheet({ name, text });
const valuesOf = async (text: string) => (await read(text)).rows.map(({ values }) => [...values.values()]);

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['a lone CR', 'a,b\r1,2\r'],
    ['no newline at its end', 'a,b\n1,2'],
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['empty lines', '\n\na,b\n\n1,2\n,\n  \n\n'],
    ['blanks around values', ' a , b\n 1 ,2 \n'],
    ['quotes around all', '"a","b"\n"1","2"\n'],
  ])('may have %s', async (_what, text) => {
    const sheet = await read(text);
    expect(sheet).toMatchObject({ columns: ['a', 'b'], refused: [], signsOfCut: [] });
    expect(sheet.rows.map(({ values }) => [...values])).toEqual([
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ]);
  });

  it('keeps separators, quotes and newlines inside quotes (RFC 4180 §2)', async () => {
    expect(await valuesOf('a,b\r\n"x, ""y""\r\nz; \t","2"\r\n')).toEqual([['x, "y"\r\nz; \t', '2']]);
  });

  it('may have the quotes of a SCIM filter in its header, and separators there that are not its own', async () => {
    const header = 'emails[type eq "work"].value;"a,b,c,d"';
    expect((await read(`${header}\n1;2\n`)).columns).toEqual(['emails[type eq "work"].value', 'a,b,c,d']);
  });

  it('numbers lines as an editor does', async () => {
    const sheet = await read('a,b\n"1\n\n",2\n\n3\n4,5\n');
    expect([sheet.rows.map((row) => row.line), sheet.refused.map((row) => row.line)]).toEqual([[2, 7], [6]]);
  });

  it.each([
    ['too few values', 'a,b\n1,2\n3', 'line 3 has 1 values where the header has 2'],
    ['too many values', 'a,b\n1,2,3\n4,5\n', 'line 2 has 3 values where the header has 2'],
    ['an open quote at the end', 'a,b\n1,2\n3,"four', 'ends inside the quotes opened on line 3'],
  ])('looks cut with %s', async (_what, text, sign) => {
    const sheet = await read(text);
    expect(sheet.signsOfCut).toEqual([expect.stringContaining(sign)]);
    expect([sheet.rows.length, sheet.refused.length]).toEqual([1, 1]);
  });

  it.each([
    ['two columns of one name', 'Title,title\n1,2\n', 'two columns "title"'],
    ['a column without a name', 'a,,c\n1,2,3\n', 'column 2 has no name'],
    ['text after a closing quote', 'a,b\n"1"x,2\n', 'is not CSV'],
    ['NUL characters, as UTF-16 read as UTF-8 has', 'a\0,\0b\0', 'save it as UTF-8'],
    ['lost characters', 'a,b\nZo\ufffd,2\n', 'save it as UTF-8'],
  ])('is refused with %s', async (_what, text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
  });

  it.each(['', '\n\n', '\ufeff'])('may be empty: %j', async (text) => {
    expect(await read(text)).toMatchObject({ columns: [], rows: [], signsOfCut: [] });
  });

  it('comes back as it was written, whatever is in it', async () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', 'ü', '🦊', ' ', '\\', "'") })
      .map((text) => text.trim());
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (records) => {
        const text = ['a,b', ...records.map((record) => record.map(quoted).join(','))].join('\n');
        const wanted = records.filter((record) => record.some((value) => value !== ''));
        expect(await valuesOf(text)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('may be longer than what is parsed at a time, with letters across the border', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},🦊ü`);
    const sheet = await read(`a,b\n${rows.join('\n')}\n`);
    expect(sheet.rows).toHaveLength(20_000);
    expect(sheet.rows.every(({ values }) => values.get('b') === '🦊ü')).toBe(true);
  });
});

describe('JSON lines', () => {
  it('are objects, one on each line', async () => {
    const sheet = await read('{"userName":"a","active":true}\r\n\n{"userName":"b","title":null}\n', 'people.jsonl');
    expect(sheet).toMatchObject({ columns: ['userName', 'active', 'title'], refused: [], signsOfCut: [] });
    expect(sheet.rows.map(({ line, values }) => [line, Object.fromEntries(values)])).toEqual([
      [1, { userName: 'a', active: true }],
      [3, { userName: 'b', title: null }],
    ]);
  });

  it('are known by what they hold, when their name does not tell', async () => {
    expect((await read('{"userName":"a"}', 'people')).rows).toHaveLength(1);
  });

  it('look cut when the last one is not whole', async () => {
    const sheet = await read('{"userName":"a"}\n{"userName":"b', 'people.ndjson');
    expect(sheet.signsOfCut).toEqual(['people.ndjson: line 2 is not a JSON object']);
    expect(sheet.refused).toEqual([{ line: 2, reason: 'is not a JSON object' }]);
  });

  it('are refused when not one of them is an object', async () => {
    await expect(read('[1,2]\n', 'people.json')).rejects.toThrow('people.json is not JSON lines');
    await expect(read('<html>', 'people.jsonl')).rejects.toThrow('people.jsonl is not JSON lines');
  });
});
