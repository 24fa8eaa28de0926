import { expect, it } from 'vitest';
import { NO_SCIM2_SERVER } from './scim2-server.ts';
import { scim2ServerTarget } from './target.ts';
import { describeTarget } from './target-suite.ts';

const target = await scim2ServerTarget();

if (target !== undefined) describeTarget('scim2-server', async () => target);
else {
  it('is run where nothing may be lacking', () => {
    console.log(NO_SCIM2_SERVER);
    expect(process.env.CI_STRICT).not.toBe('1');
  });
}
