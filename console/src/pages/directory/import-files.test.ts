import { describe, expect, it } from 'vitest';
import { decodeText, readImportFile, SAMPLES, UnknownEncoding } from './import-files.ts';

describe('a file to import', () => {
  it('is read as UTF-8, with or without a mark', () => {
    expect(decodeText(new TextEncoder().encode('Zoë'))).toBe('Zoë');
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('a');
  });

  it('is read as UTF-16 when it says so', () => {
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x5a, 0x00, 0xeb, 0x00]))).toBe('Zë');
    expect(decodeText(new Uint8Array([0xfe, 0xff, 0x00, 0x5a, 0x00, 0xeb]))).toBe('Zë');
  });

  it('is refused when it is neither', async () => {
    expect(decodeText(new Uint8Array([0x5a, 0xeb]))).toBeUndefined();
    const file = new File([new Uint8Array([0x5a, 0xeb])], 'people.csv');
    await expect(readImportFile(file)).rejects.toThrow(new UnknownEncoding('people.csv'));
  });

  it('keeps its name, which tells CSV from JSON lines', async () => {
    expect(await readImportFile(new File(['{}'], 'people.jsonl'))).toEqual({ name: 'people.jsonl', text: '{}' });
  });

  it('has as many values as columns in the samples', () => {
    for (const { text } of Object.values(SAMPLES)) {
      const widths = text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(',').length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});
