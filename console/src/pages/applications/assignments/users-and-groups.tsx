export const UsersAndGroups = () => null;
