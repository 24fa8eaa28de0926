import { startServer } from '../harness/server.ts';
import { races } from './races-suite.ts';

races(
  'requests at the same time',
  async () => {
    const server = await startServer();
    return { identityServer: () => server.identityServer(), end: server.stop };
  },
  {
    creates: 50,
    clients: 16,
    membersEach: 10,
    rounds: 10,
    patches: 30,
    versions: 1,
    users: 300,
    page: 20,
    disturbers: 2,
  },
  4,
);
