import { describe, expect, it } from 'vitest';
import { readTrace, tracedWrites } from './trace.ts';

const request = '10 read(21<socket:[1]>, "POST /scim/test/v2/Users HTTP/1.1\\r\\n", 65536) = 400';
const page = '10 pwrite64(18</d/rollcall.db-wal>, "\\0\\0", 4096, 32) = 4096';
const sync = '11 fdatasync(18</d/rollcall.db-wal>) = 0';
const answer = '10 write(21<socket:[1]>, "HTTP/1.1 201 Created\\r\\n", 300) = 300';

describe('the reading of a system call trace', () => {
  it('finds a sync between the last page and the answer', () => {
    const writes = tracedWrites(readTrace([request, page, sync, answer].join('\n')));
    expect(writes).toEqual([{ logged: true, synced: true, status: '201' }]);
  });

  it('puts interrupted calls together', () => {
    const begin = '11 fdatasync(18</d/rollcall.db-wal> <unfinished ...>';
    const end = '11 <... fdatasync resumed>) = 0';
    const early = tracedWrites(readTrace([request, page, begin, answer, end].join('\n')));
    const late = tracedWrites(readTrace([request, page, begin, end, answer].join('\n')));
    expect(early).toEqual([{ logged: true, synced: false, status: '201' }]);
    expect(late).toEqual([{ logged: true, synced: true, status: '201' }]);
  });

  it('does not count a sync of another file, one that failed, or one before the last page', () => {
    const other = '11 fdatasync(19</d/log.db-wal>) = 0';
    const failed = '11 fdatasync(18</d/rollcall.db-wal>) = -1 EIO (Input/output error)';
    for (const wrong of [[page, other], [page, failed], [page, sync, page], []]) {
      const [write] = tracedWrites(readTrace([request, ...wrong, answer].join('\n')));
      expect(write?.synced).toBe(false);
    }
  });
});
