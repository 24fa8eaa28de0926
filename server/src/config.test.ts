import { describe, expect, it } from 'vitest';
import { configSchema } from './config.ts';

const problems = (given: object): string[] => {
  const parsed = configSchema.safeParse(given);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

describe('the configuration of provisioning', () => {
  it('is that of Entra unless something else is said: 40 minutes between cycles', () => {
    expect(configSchema.parse({})).toMatchObject({ provisioningInterval: 2400, targets: 'any' });
  });

  it('reads numbers from the environment, and refuses intervals that no timer can wait', () => {
    expect(configSchema.parse({ provisioningInterval: '60' }).provisioningInterval).toBe(60);
    for (const seconds of ['0', '1.5', '2147484', 'soon']) {
      expect(problems({ provisioningInterval: seconds })).toHaveLength(1);
    }
  });

  it.each(['smtp://127.0.0.1:2525', 'smtps://ops%40example.org:p%40ss@mail.example.org'])(
    'takes the mail server %s',
    (url) => {
      expect(configSchema.parse({ smtpUrl: url }).smtpUrl).toBe(url);
    },
  );

  it.each(['https://user:geheim@mail.example.org', 'user:geheim@mail.example.org', ''])(
    'refuses the mail server %j without repeating it',
    (url) => {
      expect(problems({ smtpUrl: url })).toEqual([expect.stringContaining('smtpUrl must be an address such as')]);
      expect(problems({ smtpUrl: url }).join()).not.toContain('geheim');
    },
  );

  it.each(['rollcall@example.org', 'Rollcall <rollcall@example.org>', 'Bürgerbüro <it@example.org>'])(
    'takes the sender %s',
    (sender) => {
      expect(configSchema.parse({ smtpFrom: sender }).smtpFrom).toBe(sender);
    },
  );

  it.each(['rollcall', 'a@example.org\r\nBcc: b@example.net', 'a@example.org b@example.net', '<a@example.org'])(
    'refuses the sender %j',
    (sender) => {
      expect(problems({ smtpFrom: sender })).toHaveLength(1);
    },
  );
});
