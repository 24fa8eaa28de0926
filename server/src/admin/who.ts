import type { FastifyRequest } from 'fastify';

const LOCAL = { who: 'local', from: null } as const;
const known = new WeakMap<FastifyRequest, { readonly who: string; readonly from: string }>();

/** Remembers whose API token a request came with, and from which address. */
export function noteWho(request: FastifyRequest, who: string, from: string): void {
  known.set(request, { who, from });
}

/** Who sends a request: the API token's name, or `local` for whoever reaches the data directory. */
export const whoOf = (request: FastifyRequest): string => (known.get(request) ?? LOCAL).who;

/** The address that a request came from; null when it came through the data directory. */
export const fromOf = (request: FastifyRequest): string | null => (known.get(request) ?? LOCAL).from;
