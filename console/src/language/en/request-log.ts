export const requestLog = {
  title: 'Request log',
};
