import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';

const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

/**
 * The origin that locations begin with: the configured public URL; without one, what a trusted proxy says in
 * `X-Forwarded-*`; else the address listened on. Never the Host header: a client could make links lead elsewhere.
 */
export function publicBase(context: Context, request: FastifyRequest): string {
  if (context.config.publicUrl !== undefined) return context.config.publicUrl;
  if (context.isTrustedProxy(request.socket.remoteAddress)) {
    const host = last(request.headers['x-forwarded-host']);
    const protocol = last(request.headers['x-forwarded-proto']);
    if (host !== undefined && HOST.test(host)) return `${protocol === 'http' ? 'http' : 'https'}://${host}`;
  }
  return context.listenUrl();
}

// The entry nearest to us was added by the proxy that we trust.
const last = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header.join(',') : header)?.split(',').at(-1)?.trim();
