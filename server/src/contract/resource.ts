import { z } from 'zod';

/** A page of users, groups or other resources; the parameters are those of RFC 7644 §3.4.2. */
export const resourceQuerySchema = z.strictObject({
  filter: z.string().optional(),
  attributes: z.string().optional(),
  excludedAttributes: z.string().optional(),
  sortBy: z.string().optional(),
  sortOrder: z.string().optional(),
  startIndex: z.string().optional(),
  count: z.string().optional(),
  cursor: z.string().optional(),
});

/** What of one resource is wanted (RFC 7644 §3.9): a group without `members` is answered at once, however big it is. */
export const resourceShapeSchema = resourceQuerySchema.pick({ attributes: true, excludedAttributes: true });

/** A resource, or a PATCH message, as SCIM has it; its schemas say the rest, and the SCIM operations check them. */
export const scimBodySchema = z.record(z.string(), z.unknown());

export const resourceRequestQuerySchema = z.strictObject({
  before: z.coerce.number().int().min(1).optional().describe('Older than this entry'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A resource: what else it holds is for its schemas to say. */
export const resourceSchema = z.looseObject({ id: z.string() });

/** A page of resources (RFC 7644 §3.4.2). */
export const resourceListSchema = z.looseObject({
  totalResults: z.int(),
  nextCursor: z.string().optional(),
  Resources: z.array(resourceSchema),
});
