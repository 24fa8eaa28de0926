/** The columns of a StoredResource. */
export const RESOURCE_COLUMNS = [
  'resource.seq',
  'resource.server',
  'resource.type',
  'resource.id',
  'resource.version',
  'resource.created',
  'resource.modified',
  'resource.label',
  'resource.document',
] as const;
