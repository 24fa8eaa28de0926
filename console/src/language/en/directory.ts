export const directory = {
  title: 'Users and groups',
};
