import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '../auth/session.ts';
import type { Role } from '../store/administrator-contract.ts';
import type { ApiToken } from '../store/contract.ts';

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'local' }
  | { readonly kind: 'apiToken'; readonly token: ApiToken; readonly from: string }
  | { readonly kind: 'person'; readonly signedIn: SignedIn; readonly from: string }
  | { readonly kind: 'nobody'; readonly from: string };

const known = new WeakMap<FastifyRequest, Caller>();

/** Remembers who sends a request. */
export function noteCaller(request: FastifyRequest, caller: Caller): void {
  known.set(request, caller);
}

/** Who sends a request; nobody where it has not been found out. */
export const callerOf = (request: FastifyRequest): Caller => known.get(request) ?? { kind: 'nobody', from: request.ip };

/** Their name for the audit log: the person's, the API token's, or `local` for whoever reaches the data directory. */
export function whoOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  switch (caller.kind) {
    case 'local':
      return 'local';
    case 'apiToken':
      return caller.token.name;
    case 'person':
      return caller.signedIn.administrator.userName;
    case 'nobody':
      return 'nobody';
  }
}

/** The address that a request came from; null when it came through the data directory. */
export function fromOf(request: FastifyRequest): string | null {
  const caller = callerOf(request);
  return caller.kind === 'local' ? null : caller.from;
}

/** What the sender of a request may do; undefined for nobody. */
export function roleOf(caller: Caller): Role | undefined {
  switch (caller.kind) {
    case 'local':
      return 'administrator';
    case 'apiToken':
      return caller.token.access === 'write' ? 'administrator' : 'auditor';
    case 'person':
      return caller.signedIn.administrator.role;
    case 'nobody':
      return undefined;
  }
}
