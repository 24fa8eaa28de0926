import type { CurlView } from '../contract/log.ts';
import type { StoredLogEntry } from '../request-log/contract.ts';
import { REMOVED } from '../request-log/redact-text.ts';
import type { IdentityServer } from '../store/contract.ts';

/** What curl writes itself, what belongs to one connection, and what proxies on the way have added. */
const NOT_SENT =
  /^(host|content-length|connection|keep-alive|transfer-encoding|accept-encoding|expect|te|upgrade|authorization|cookie|forwarded|via|x-real-ip|x-forwarded-.*)$/i;

/** A logged request as a command for a POSIX shell, with the variable `TOKEN` in the place of its credentials. */
export function curlOf(entry: StoredLogEntry, server: IdentityServer, publicUrl: string): CurlView {
  const { method, url, requestHeaders, requestBody, requestBodyCut } = entry;
  // A request line may hold the whole URL (RFC 9112 §3.2.2).
  const target = url.startsWith('/') ? publicUrl.replace(/\/+$/, '') + url : url;
  const headers = Object.entries(requestHeaders).filter(([name, value]) => !NOT_SENT.test(name) && value !== REMOVED);
  const hasBody = requestBody !== null && requestBody !== '';
  const parts = [
    // Brackets in a URL are a pattern to curl.
    `curl${/[[\]{}]/.test(target) ? ' --globoff' : ''}${methodOf(method, hasBody)} ${quoted(target)}`,
    ...credentials(server, 'authorization' in requestHeaders),
    ...headers.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(hasBody ? [`--data-raw ${quoted(requestBody)}`] : []),
  ];
  return { curl: parts.join(' \\\n  '), warnings: warningsOf(target, requestBody ?? '', requestBodyCut) };
}

function methodOf(method: string, hasBody: boolean): string {
  if (method === 'HEAD') return ' --head';
  return method === (hasBody ? 'POST' : 'GET') ? '' : ` --request ${quoted(method)}`;
}

function credentials({ settings, basic }: IdentityServer, wereSent: boolean): string[] {
  if (!wereSent) return [];
  if (settings.security === 'basic' && basic !== null) return [`--user ${quoted(`${basic.userName}:`)}"$TOKEN"`];
  return ['--header "Authorization: Bearer $TOKEN"'];
}

function warningsOf(url: string, body: string, cut: number): string[] {
  return [
    ...(cut > 0 ? [`The last ${cut} bytes of the body were not kept.`] : []),
    ...((url + body).includes(REMOVED) ? [`Secrets were not kept: put yours where it says ${REMOVED}.`] : []),
  ];
}

/** Between single quotes a shell takes everything as it stands but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
