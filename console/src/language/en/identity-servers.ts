export const identityServers = {
  title: 'Identity servers',
};
