import { startServer } from '../harness/server.ts';
import { startAwkward } from './awkward.ts';
import { awkwardTarget, readOverHttp, scimmyTarget } from './target.ts';
import { describeTarget } from './target-suite.ts';

describeTarget('The awkward server, read from its inside,', () => awkwardTarget({ token: 'secret' }));
describeTarget('The awkward server, read over HTTP,', async () => readOverHttp('awkward', await startAwkward()));
describeTarget('SCIMMY', scimmyTarget);
describeTarget('Rollcall itself', async () => {
  const { baseUrl: url, stop, token } = await startServer();
  return readOverHttp('rollcall', { url, token, close: stop });
});
