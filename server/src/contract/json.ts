import type { Json } from '@rollcall/scim';
import { z } from 'zod';

/** Any JSON value. */
export const jsonSchema: z.ZodType<Json> = z.json();
