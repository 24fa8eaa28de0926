import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.stop());

describe('health', () => {
  it('/healthz says that the process answers, /readyz that it can serve', async () => {
    const live = await send(server.origin, '/healthz');
    expect([live.status, live.body]).toEqual([200, { status: 'ok' }]);
    const ready = await send(server.origin, '/readyz');
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready' }]);
  });

  it('may be asked with HEAD, as monitors do', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const { status, text } = await send(server.origin, path, { method: 'HEAD' });
      expect([status, text]).toEqual([200, '']);
    }
  });
});
