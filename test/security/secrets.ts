/** Things that must be read nowhere again, each by what it is called. */
export interface Secrets {
  /** Notes one: a value of at least eight characters. */
  note(name: string, value: string): void;
  /** What of them a text or a file holds, as they are or encoded; empty when nothing. */
  foundIn(content: string | Buffer): string[];
  readonly size: number;
}

/** A record of all secrets that a walk has made. */
export function createSecrets(): Secrets {
  const known = new Map<string, readonly string[]>();
  return {
    note(name, value) {
      if (value.length < 8) throw new Error(`${name} is too short to be looked for`);
      known.set(name, [...new Set(spellings(value))]);
    },
    foundIn(content) {
      // Every byte is one character: a database is searched like a text.
      const text = typeof content === 'string' ? Buffer.from(content).toString('latin1') : content.toString('latin1');
      return [...known].filter(([, all]) => all.some((one) => text.includes(one))).map(([name]) => name);
    },
    get size() {
      return known.size;
    },
  };
}

/** A value as texts, URLs, JSON and Basic credentials have it. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  // Of a token its end alone is enough to be found; its beginning may be shown.
  const signature = value.split('.').length === 3 ? value.slice(value.lastIndexOf('.') + 1) : value;
  return [
    signature,
    encodeURIComponent(signature),
    JSON.stringify(signature).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
