import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Which of these processes has the local end of a TCP connection at a port; of Linux only. */
export function processOfPort(port: number, pids: readonly number[]): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '']) => local.endsWith(`:${hex}`))
      .map((fields) => fields[9] ?? ''),
  );
  return pids.find((pid) => socketsOf(pid).some((inode) => inodes.includes(inode)));
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`)) ?? [];
      return inode === undefined ? [] : [inode];
    } catch {
      // Closed while we looked.
      return [];
    }
  });
}
