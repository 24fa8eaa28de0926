export const results = {
  title: 'Provisioning log',
};
