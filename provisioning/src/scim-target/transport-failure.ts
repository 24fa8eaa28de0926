import { TargetError } from '../target.ts';

/** The cause of a TargetError when an answer had more bytes than were allowed. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';

  constructor(largest: number) {
    super(`The answer is larger than ${Math.round(largest / 1024 / 1024)} MB`);
  }
}

/** The cause of a TargetError when a connection could not be made or broke. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

const BEFORE_SENDING =
  /^(ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;

/** What of a TLS handshake can be refused, in plain words. */
const CERTIFICATE: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet; is the clock of this machine right?'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate comes from an authority that this machine does not know'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'it does not send the intermediate certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its certificate comes from an authority that this machine does not know'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate comes from an authority that this machine does not know'],
  ['CERT_REVOKED', 'its certificate was revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
]);

/** Codes of an error and of what caused it, outermost first. */
export function errorCodes(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (at instanceof AggregateError) codes.push(...at.errors.flatMap(errorCodes));
  }
  return codes;
}

/** Whether a failure happened while connecting, so that the request certainly was not read. */
export function isBeforeSending(error: unknown): boolean {
  return error instanceof TargetError || errorCodes(error).some((code) => BEFORE_SENDING.test(code) || isTls(code));
}

/** Whether a code says that TLS could not be agreed on. */
export const isTls = (code: string): boolean => CERTIFICATE.has(code) || /^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code);

/** Error code and sentence for a failure of the network, from what undici and Node.js throw. */
export function networkFailure(
  error: unknown,
  url: URL,
): { readonly code: 'Timeout' | 'WebExceptionProtocolError'; readonly message: string } {
  const codes = errorCodes(error);
  const code = codes.find((one) => CERTIFICATE.has(one)) ?? codes[0] ?? 'unknown';
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return { code: 'Timeout', message: `${url.host} did not accept a connection in time (${code})` };
  }
  return { code: 'WebExceptionProtocolError', message: sentence(code, url, text) };
}

function sentence(code: string, url: URL, text: string): string {
  const certificate = CERTIFICATE.get(code);
  if (certificate !== undefined) return `TLS with ${url.host} failed: ${certificate} (${code})`;
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return `${url.hostname} has no address in the DNS (${code})`;
  if (code === 'ECONNREFUSED') return `Nothing listens at ${url.host} (${code})`;
  if (/wrong version number|packet length too long|http request/i.test(text)) {
    return `TLS with ${url.host} failed: it does not speak TLS on this port (${code})`;
  }
  if (isTls(code)) return `TLS with ${url.host} failed: ${text} (${code})`;
  if (code.startsWith('HPE_')) return `What ${url.host} answered is not HTTP (${code})`;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `There is no route to ${url.host} (${code})`;
  return `The connection to ${url.host} was lost: ${text} (${code})`;
}
