import { startProcess } from '../harness/process.ts';
import { races } from './races-suite.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

races(
  `many requests at the same time (SEED=${SEED})`,
  async () => {
    const server = await startProcess();
    return { identityServer: () => server.identityServer(), end: server.remove };
  },
  {
    creates: 1000,
    clients: 64,
    membersEach: 50,
    rounds: 50,
    patches: 200,
    versions: 10,
    users: 20_000,
    page: 200,
    disturbers: 4,
  },
  SEED,
);
