import type { FastifyRequest } from 'fastify';
import type { Role } from '../store/administrator-contract.ts';

/** Who may use a route: anyone at all, anyone who has signed in themselves, or whoever has the role or a higher one. */
export type RouteRole = 'anyone' | 'person' | Role;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out, a GET is an auditor's, and everything else an administrator's. */
    readonly role?: RouteRole;
    /** Refused over TCP: it reaches the server's own files. */
    readonly localOnly?: boolean;
  }
}

/** The role of a route that says none: what is forgotten is refused rather than open. */
export const roleOfRoute = (method: string, config: { readonly role?: RouteRole }): RouteRole =>
  config.role ?? (isReading(method) ? 'auditor' : 'administrator');

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

export const neededRole = (request: FastifyRequest): RouteRole =>
  roleOfRoute(request.method, request.routeOptions.config);

const RANK: Readonly<Record<Role, number>> = { auditor: 1, operator: 2, administrator: 3 };

export const includesRole = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];
