import { CommandFailed } from './command-failed.ts';

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so (what spreadsheets call "Unicode text").
 * Errors: CommandFailed for any other encoding, which would damage names without anybody noticing.
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const name = encoding === 'utf-8' ? 'UTF-8' : 'the UTF-16 that its first bytes announce';
    throw new CommandFailed(`${file} is not ${name}.`, 'Save it as UTF-8, such as "CSV UTF-8" in a spreadsheet.');
  }
}
