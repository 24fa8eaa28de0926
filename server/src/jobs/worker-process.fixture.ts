import { pino } from 'pino';
import { openPgBossQueue } from './pg-boss-queue.ts';

/** A process that takes jobs of the name `endless` and never ends one; it says when it has one. */
const queue = await openPgBossQueue({ url: process.argv[2] ?? '', log: pino({ level: 'silent' }) });
await queue.work('endless', async () => {
  process.stdout.write('took it\n');
  await new Promise(() => {});
});
