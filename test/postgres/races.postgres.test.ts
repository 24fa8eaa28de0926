import { emptyDatabase } from '../../server/src/store/postgres/database.fixture.ts';
import { patient } from '../harness/patient-pool.ts';
import { startProcesses } from '../harness/processes.ts';
import { races } from '../races/races-suite.ts';

const SEED = Number(process.env.SEED ?? 11);

/** What a walk costs is shown elsewhere: three processes here share what a busy machine has left. */
const PATIENT = ['--search-budget', '60000'];

races(
  `many requests at the same time to three processes (SEED=${SEED})`,
  async () => {
    const database = await emptyDatabase();
    const processes = await startProcesses({ databaseUrl: database.url, flags: PATIENT });
    return {
      identityServer: () => processes.identityServer(),
      // Three busy processes on a busy machine may well refuse what has waited for too long.
      pool: (server, connections) => patient(processes.pool(server, connections)),
      async end() {
        await processes.remove();
        await database.drop();
      },
    };
  },
  {
    creates: 300,
    clients: 32,
    membersEach: 10,
    rounds: 15,
    patches: 60,
    versions: 5,
    users: 3000,
    page: 100,
    disturbers: 3,
  },
  SEED,
);
