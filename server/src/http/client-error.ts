import type { Socket } from 'node:net';
import { ERROR_SCHEMA } from '@rollcall/scim';

const ANSWERS: Readonly<Record<string, readonly [status: number, reason: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'URL and headers are too long; send the query with POST /.search.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive in time.'],
};
const MALFORMED = [400, 'Bad Request', 'This is not HTTP that can be understood.'] as const;

/** Answers bytes that never became a request: even these get a SCIM error body. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, detail] = ANSWERS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ schemas: [ERROR_SCHEMA], status: String(status), detail });
  socket.write(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/scim+json\r\nConnection: close\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // Both directions: a client that keeps its own open would keep the connection.
  socket.destroySoon();
}
