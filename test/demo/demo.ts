// npm run demo: the real server in a temporary directory, with both ends of provisioning in every state that people meet.
import { once } from 'node:events';
import { startDemo } from './start-demo.ts';

const began = performance.now();
const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const demo = await startDemo({ listen: process.env.ROLLCALL_LISTEN });
console.log(`The demo is ready after ${((performance.now() - began) / 1000).toFixed(1)} s.

  URL        ${demo.url}
  user name  ${demo.userName}
  password   ${demo.password}

Everything in it is gone when you stop it with Ctrl-C.`);
await stop;
console.log('\nStopping ...');
await demo.close();
