/** A file of an import, as text. */
export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

/** A file in an encoding that would damage names without anybody noticing. */
export class UnknownEncoding extends Error {
  override readonly name = 'UnknownEncoding';
}

/** Reads a file as text. Errors: UnknownEncoding, with the file's name. */
export async function readImportFile(file: File): Promise<ImportFile> {
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) throw new UnknownEncoding(file.name);
  return { name: file.name, text };
}

/** UTF-8, or UTF-16 where a byte order mark says so (what spreadsheets call "Unicode text"); undefined for others. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What people can begin with. */
export const SAMPLES = {
  people: {
    name: 'people.csv',
    text: [
      'userName,externalId,givenName,familyName,displayName,email,phone,title,department,employeeNumber,active,manager',
      'user.one@example.com,e-1,First,Person,First Person,user.one@example.com,+1 555 0100,Lead,Sales,001,true,',
      'user.two@example.com,e-2,Second,Person,Second Person,user.two@example.com,,Clerk,Sales,002,true,e-1',
      '',
    ].join('\r\n'),
  },
  groups: {
    name: 'groups.csv',
    text: ['group,externalId,member', 'Sales,g-1,e-1', 'Sales,g-1,e-2', 'Managers,g-2,e-1', ''].join('\r\n'),
  },
} as const;
