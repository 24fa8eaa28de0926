/** A mail as it came over SMTP, taken apart. */
export interface Mail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** Whether the client had turned to TLS before it sent. */
  readonly isSecure: boolean;
  /** Who had signed in; undefined for nobody. */
  readonly user: string | undefined;
  /** By name in lower case; of a header that comes more than once the last. Encoded words are decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  /** The decoded text/plain part; empty when there is none. */
  readonly text: string;
  /** The decoded text/html part; undefined when there is none. */
  readonly html: string | undefined;
  /** As it was sent. */
  readonly raw: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Takes a message (RFC 5322, RFC 2045 to 2047) apart as far as notifications need it: text and HTML, in UTF-8. */
export function parseMail(raw: Buffer): Pick<Mail, 'headers' | 'subject' | 'text' | 'html' | 'raw'> {
  // One character for each byte, so that 8bit parts survive until they are decoded.
  const whole = splitPart(raw.toString('latin1'));
  const parts = leaves(whole);
  const content = (type: string): string | undefined => {
    const part = parts.find(({ headers }) => mediaType(headers) === type);
    return part === undefined ? undefined : decodeBody(part);
  };
  const headers = new Map([...whole.headers].map(([name, value]) => [name, decodeWords(value)]));
  return {
    headers,
    subject: headers.get('subject') ?? '',
    text: content('text/plain') ?? '',
    html: content('text/html'),
    raw: raw.toString('utf8'),
  };
}

function splitPart(source: string): Part {
  const end = source.startsWith('\r\n') ? 0 : source.indexOf('\r\n\r\n');
  const head = end === -1 ? source : source.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end === -1 ? '' : source.slice(end === 0 ? 2 : end + 4) };
}

const mediaType = (headers: Part['headers']): string =>
  (headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';

/** The parts that hold no others. */
function leaves(part: Part): Part[] {
  if (!mediaType(part.headers).startsWith('multipart/')) return [part];
  const match = /boundary="?([^";]+)"?/i.exec(part.headers.get('content-type') ?? '');
  const pieces = `\r\n${part.body}`.split(`\r\n--${match?.[1]}`).slice(1);
  // The last piece begins with the two dashes of the end.
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leaves(splitPart(piece.replace(/^[ \t]*\r\n/, ''))));
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=[ \t]*\r\n/g, '')) : body, 'latin1');
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}

const decodeQuoted = (text: string): string =>
  text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** RFC 2047: the space between two encoded words is not part of the text, a character may be cut by it. */
function decodeWords(value: string): string {
  const run = /=\?[^?]+\?[bq]\?[^?]*\?=(?:\s+=\?[^?]+\?[bq]\?[^?]*\?=)*/gi;
  const decoded = value.replace(run, (words) => {
    const bytes = [...words.matchAll(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi)].map(([, encoding = '', text = '']) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : Buffer.from(decodeQuoted(text.replaceAll('_', ' ')), 'latin1'),
    );
    return Buffer.concat(bytes).toString('utf8');
  });
  // What stood there bare is UTF-8 whose bytes were read one by one; what was decoded is no longer latin1.
  return decoded === value ? Buffer.from(value, 'latin1').toString('utf8') : decoded;
}
