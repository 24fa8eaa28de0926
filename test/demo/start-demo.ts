import type { Admin } from '../harness/admin.ts';
import { startProcess } from '../harness/process.ts';
import { startAwkward } from '../targets/awkward.ts';
import { addApplications } from './applications.ts';
import { addDirectory } from './directory.ts';
import { addTargets } from './targets.ts';
import { sendTraffic } from './traffic.ts';

export interface Demo {
  readonly url: string;
  /** The first administrator. */
  readonly userName: string;
  readonly password: string;
  /** The admin API with the rights of the server's own socket. */
  readonly admin: Admin;
  /** Stops everything and removes the data. */
  close(): Promise<void>;
}

export interface DemoOptions {
  /** Address and port; a free port of 127.0.0.1 unless said. */
  readonly listen?: string | undefined;
}

const USER_NAME = 'admin';
const PASSWORD = 'roll call every morning';

/**
 * Starts `rollcall serve` on a temporary directory and brings into it, through its own APIs, what a living installation
 * has: people, applications that are steady, in their first cycle, in quarantine and with removals that wait, drift,
 * tokens at their end, and a request log of real clients.
 */
export async function startDemo({ listen }: DemoOptions = {}): Promise<Demo> {
  // Each create takes long, but less than Rollcall waits: a cycle is under way for as long as anybody looks.
  const payroll = await startAwkward({ token: 'payroll', switches: { slow: { ms: 20_000, method: 'POST' } } });
  const intranet = await startAwkward({ token: 'intranet', switches: { refusesToken: true } });
  const server = await startProcess({
    listen,
    flags: ['--shutdown-timeout', '1000'],
    environment: { ROLLCALL_ADMIN_USER: USER_NAME, ROLLCALL_ADMIN_PASSWORD: PASSWORD, ROLLCALL_LOG_LEVEL: 'error' },
  });
  async function close(): Promise<void> {
    await server.remove();
    await Promise.all([payroll.close(), intranet.close()]);
  }
  try {
    const { admin, origin } = server;
    const directory = await addDirectory(admin);
    const targets = await addTargets(admin, origin);
    await Promise.all([
      addApplications(admin, { directory, ...targets, payroll, intranet }),
      sendTraffic(admin, origin),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: server.origin, userName: USER_NAME, password: PASSWORD, admin: server.admin, close };
}
