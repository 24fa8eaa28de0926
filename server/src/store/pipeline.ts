/** Statements that one connection has been sent and whose answers nobody needs before the end. */
export interface Pipeline {
  /** Takes what a statement gave: the promise of PostgreSQL's answer, or nothing when it has run. */
  send(sent: Promise<unknown> | undefined): void;
  /** Resolves when all have run; rejects with the failure of the first that did not. */
  answered(): Promise<void>;
}

export function createPipeline(): Pipeline {
  const sent: Promise<unknown>[] = [];
  return {
    send(answer) {
      if (answer === undefined) return;
      // Its failure shows at the end, or something else has failed before.
      answer.catch(() => undefined);
      sent.push(answer);
    },
    async answered() {
      // A connection answers in order, so this rejects with what failed first.
      for (const answer of sent.splice(0)) await answer;
    },
  };
}
