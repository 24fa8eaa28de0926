import { openScimTarget, testConnection } from '@rollcall/provisioning';
import { expect, it } from 'vitest';
import { NO_SCIM2_SERVER } from '../targets/scim2-server.ts';
import { scim2ServerTarget } from '../targets/target.ts';
import { optionsFor, provision } from './through-scim-target.ts';

it('provisions scim2-server', async () => {
  const service = await scim2ServerTarget();
  if (service === undefined) {
    console.log(NO_SCIM2_SERVER);
    expect(process.env.CI_STRICT).not.toBe('1');
    return;
  }
  const target = openScimTarget(optionsFor(service));
  try {
    const verdict = await testConnection(optionsFor(service), { user: 'userName', group: 'displayName' });
    expect(verdict).toMatchObject({ ok: true });
    await provision(target, service);
  } finally {
    await target.close();
    await service.close();
  }
});
