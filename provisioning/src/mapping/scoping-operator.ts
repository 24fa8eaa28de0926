/** The operators of scoping filters, as Microsoft Graph spells them (synchronizationSchema: filterOperators). */
export const SCOPING_OPERATORS = [
  'EQUALS',
  'NOT EQUALS',
  'IS TRUE',
  'IS FALSE',
  'IS NULL',
  'IS NOT NULL',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'INCLUDES',
  'ENDS_WITH',
  '&',
  '!&',
] as const;

export type ScopingOperator = (typeof SCOPING_OPERATORS)[number];
