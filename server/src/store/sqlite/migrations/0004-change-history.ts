/**
 * The history of one resource. `change_members` holds what a membership change names beside its position, so that who
 * joined and left is found without reading the changes themselves; both grow at their end.
 */
export const changeHistory = `
CREATE INDEX change_id ON change (server, id, n);
CREATE INDEX change_members ON change (server, n, data) WHERE kind = 'members';
`;
