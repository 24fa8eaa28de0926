import type { z } from 'zod';
import type { ProblemKind } from '../problem.ts';

/** What a route of the admin API is for, takes and answers. Its role is in its own Fastify config. */
export interface DescribedRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, as it is registered: `/identity-servers/:server`. */
  readonly path: string;
  /** A few words, without a full stop. */
  readonly summary: string;
  /** What else one must know, in sentences. */
  readonly description?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A body that may be left out. */
  readonly bodyOptional?: boolean;
  /** Absent: the answer is text, or has no body when there is no media type either. */
  readonly answer?: z.ZodType;
  /** Of the answer; 200 when it has a body, else 204, when left out. */
  readonly status?: number;
  /** Media types of the answer; JSON when left out. Of lines and events, `answer` is a single one. */
  readonly media?: readonly string[];
  /**
   * What can go wrong beside what can everywhere: a request that is not valid, missing or insufficient credentials, a
   * name in the path that names nothing.
   */
  readonly problems?: readonly ProblemKind[];
}

/** Routes that are read together. */
export interface RouteGroup {
  readonly name: string;
  readonly about: string;
  readonly routes: readonly DescribedRoute[];
}
