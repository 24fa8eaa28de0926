/** One system call of a trace by `strace -f -y`, whole: a call that was interrupted is put together again. */
export interface Call {
  readonly name: string;
  /** Everything between the brackets, files named by their path. */
  readonly words: string;
  readonly result: number;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/;
const BEGIN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/;
const END = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)/;

/** The calls of a trace in the order in which they ended. */
export function readTrace(text: string): Call[] {
  const begun = new Map<string, string>();
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const begin = BEGIN.exec(line);
    if (begin !== null) {
      begun.set(`${begin[1]} ${begin[2]}`, begin[3] ?? '');
      continue;
    }
    const end = END.exec(line);
    if (end !== null) {
      const start = begun.get(`${end[1]} ${end[2]}`) ?? '';
      calls.push({ name: end[2] ?? '', words: start + (end[3] ?? ''), result: Number(end[4]) });
      continue;
    }
    const whole = WHOLE.exec(line);
    if (whole !== null) calls.push({ name: whole[2] ?? '', words: whole[3] ?? '', result: Number(whole[4]) });
  }
  return calls;
}

export interface TracedWrite {
  /** A page of this request went to the write-ahead log. */
  readonly logged: boolean;
  /** A sync of that log ended well after its last page and before the answer. */
  readonly synced: boolean;
  readonly status: string;
}

/** What happened between the arrival of each write request and its answer, in a trace of one request at a time. */
export function tracedWrites(calls: readonly Call[]): TracedWrite[] {
  const writes: TracedWrite[] = [];
  let current: { logged: boolean; synced: boolean } | undefined;
  for (const { name, words, result } of calls) {
    const isLog = /^\d+<[^>]*\/rollcall\.db-wal>/.test(words);
    if (/^(read|recvfrom|readv)$/.test(name) && /"(POST|PUT|PATCH|DELETE) \/scim\//.test(words)) {
      current = { logged: false, synced: false };
    } else if (current === undefined) {
      // Before the first request, and between an answer and the next request.
    } else if (/^p?write(v|64)?$/.test(name) && isLog) {
      current = { logged: true, synced: false };
    } else if (/^(fdatasync|fsync)$/.test(name) && isLog && result === 0) {
      current = { ...current, synced: current.logged };
    } else {
      const status = /"HTTP\/1\.1 (\d{3})/.exec(words)?.[1];
      if (/^(write|writev|sendto|sendmsg)$/.test(name) && status !== undefined) {
        writes.push({ ...current, status });
        current = undefined;
      }
    }
  }
  return writes;
}
