import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, openRollcall } from '@rollcall/server';
import {
  apiTokenListSchema,
  credentialsSchema,
  definitionListSchema,
  identityServerListSchema,
  identityServerSchema,
  issuedApiTokenSchema,
  issuedTokenSchema,
  resourceListSchema,
  tokenListSchema,
} from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerSchema } from './admin-client.ts';
import { runLine } from './terminal.fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'program-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const run = (...argv: string[]) => runLine({ directory }, ...argv);
async function ask<T>(schema: AnswerSchema<T>, ...argv: string[]): Promise<T> {
  const { status, out, error } = await run(...argv, '--json');
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${error}`);
  return schema.parse(JSON.parse(out));
}

describe('the command line', () => {
  it.each([
    'serve',
    'identity-server',
    'identity-server add',
    'identity-server list',
    'identity-server show',
    'identity-server set',
    'identity-server credentials',
    'identity-server remove',
    'token',
    'token add',
    'token list',
    'token rotate',
    'token revoke',
    'schema',
    'schema add',
    'schema list',
    'schema remove',
    'directory',
    'directory import',
    'user',
    'user list',
    'user show',
    'group',
    'group list',
    'group show',
    'log',
    'log list',
    'log show',
    'changes',
    'backup',
    'restore',
    'api-token',
    'api-token add',
    'api-token list',
    'api-token revoke',
    'version',
  ])('teaches by example: rollcall %s --help', async (line) => {
    const { status, out, error } = await run(...line.split(' '), '--help');
    expect([status, error]).toEqual([0, '']);
    expect(out).toContain(`Usage: rollcall ${line}`);
    expect(out).toMatch(new RegExp(`\\nExamples:\\n {2}\\$ rollcall ${line}`));
  });

  it.each([
    [[]],
    [['nonsense']],
    [['token', 'nonsense']],
    [['identity-server', 'add']],
    [['identity-server', 'add', '--name', 'x', '--colour', 'red']],
    [['identity-server', 'show']],
    [['identity-server', 'list', 'extra']],
    [['serve', '--listen', 'nowhere']],
    [['serve', '--max-body', 'much']],
  ])('ends with 2 when it is wrong, and says where help is: %j', async (argv) => {
    const { status, out, error } = await run(...argv);
    expect([status, out]).toEqual([2, '']);
    expect(error).toMatch(/Usage|help/);
  });

  it('names flag and variable of a wrong setting', async () => {
    const environment = { ROLLCALL_LOG_DAYS: 'many' };
    const { status, error } = await runLine({ directory, environment }, 'serve');
    expect([status, error]).toEqual([2, expect.stringContaining('--log-days (ROLLCALL_LOG_DAYS)')]);
  });

  it('prints its version', async () => {
    expect((await run('version')).out).toMatch(/^rollcall \d+\.\d+\.\d+ \(Node\.js 24\./);
    expect(JSON.parse((await run('version', '--json')).out)).toHaveProperty('version');
    expect(await run('--version')).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('makes no directory by looking into one that is not there', async () => {
    const { status, error } = await run('identity-server', 'list', '--data', join(directory, 'typo'));
    expect(status).toBe(1);
    expect(error).toMatch(/There is no Rollcall in .*typo.\nStart one with rollcall serve/);
    await expect(stat(join(directory, 'typo'))).rejects.toThrow('ENOENT');
  });
});

describe('without a server', () => {
  it('makes, shows, changes and lists identity servers', async () => {
    const added = await run('identity-server', 'add', '--name', 'Entra');
    expect(added.out).toBe(
      'Identity server "Entra" is there.\n\n' +
        'SCIM URL  http://127.0.0.1:8080/scim/entra/v2\nsecurity  bearer\n\n' +
        'Next, what the identity provider signs in with:\n' +
        '  npx rollcall token add --identity-server entra --name "Entra"\n',
    );
    const odd = await run('identity-server', 'add', '--name', 'a"$(b)`c`\\', '--slug', 'odd');
    expect(odd.out).toMatch(/ --name "a\(b\)c"\n$/);
    await run('identity-server', 'remove', 'odd', '--yes');
    const json = await run('identity-server', 'add', '--name', 'Okta', '--security', 'basic', '--default', '--json');
    expect(json.out).toMatch(/^\{"id":"[\w-]{36}","slug":"okta","name":"Okta","scimUrl":"http/);
    expect(json.out.split('\n')).toHaveLength(2);
    const changed = await ask(
      identityServerSchema,
      'identity-server',
      'set',
      'okta',
      'rateLimit=50',
      'active=false',
      'groupPatchAnswer=200',
      'name=5',
    );
    expect(changed).toMatchObject({ rateLimit: 50, active: false, groupPatchAnswer: '200', name: '5' });
    expect((await run('identity-server', 'show', 'okta')).out).toMatch(/^rateLimit +50$/m);
    // What "odd" held goes in the background, a step in each of these commands.
    await vi.waitFor(
      async () => {
        const { identityServers } = await ask(identityServerListSchema, 'identity-server', 'list');
        expect(identityServers.map((server) => [server.slug, server.default])).toEqual([
          ['entra', false],
          ['okta', true],
        ]);
      },
      { timeout: 20_000 },
    );
    expect((await run('identity-server', 'list')).out).toMatch(
      /^SLUG +NAME .*\nentra +Entra +bearer +tolerant +yes +http/,
    );
  });

  it.each([
    [['okta'], 'missing required argument'],
    [['okta', 'rateLimit'], '"rateLimit" is no setting'],
    [['okta', 'colour=red'], 'There is no setting "colour"'],
    [['okta', 'rateLimit=many'], 'rateLimit must be a number.'],
    [['okta', 'active=maybe'], 'active must be true or false.'],
    [['okta', 'security=open'], 'security must be one of bearer, basic, none.'],
    [['okta', 'slug=v2'], "'v2' is reserved"],
    [['okta', '__proto__=1'], 'There is no setting'],
  ])('refuses the settings %j with exit code 2', async (argv, words) => {
    const { status, error } = await run('identity-server', 'set', ...argv);
    expect([status, error]).toEqual([2, expect.stringContaining(words)]);
  });

  it('passes on what the API refuses, with exit code 1', async () => {
    const { status, error } = await run('identity-server', 'show', 'nobody');
    expect([status, error]).toEqual([
      1,
      'Error: There is no identity server "nobody"; rollcall identity-server list shows them.\n',
    ]);
    expect((await run('identity-server', 'add', '--name', 'x', '--slug', 'entra')).status).toBe(1);
  });

  it('makes Basic credentials that are shown once', async () => {
    const { userName, password } = await ask(
      credentialsSchema,
      'identity-server',
      'credentials',
      'okta',
      '--user-name',
      'push',
    );
    expect([userName, password.length]).toEqual(['push', 32]);
    expect((await run('identity-server', 'show', 'okta', '--json')).out).not.toContain(password);
    expect((await run('identity-server', 'credentials', 'okta')).out).toMatch(
      /^User name {2}okta\nPassword {3}\S{32}\n\nThe password is shown this once\.\n$/,
    );
  });

  it('issues, lists, rotates and revokes tokens', async () => {
    const issued = await ask(
      issuedTokenSchema,
      ...['token', 'add', '--identity-server', 'entra', '--name', 'Entra 2026', '--expires', '30d'],
      ...['--scope', 'User:write', 'Group:read', '--allow', '192.0.2.0/24,2001:db8::/32'],
    );
    expect(issued).toMatchObject({
      scope: { User: 'write', Group: 'read' },
      networks: ['192.0.2.0/24', '2001:db8::/32'],
    });
    const rotated = await ask(issuedTokenSchema, 'token', 'rotate', issued.id, '--overlap', '12h');
    await run('token', 'revoke', issued.id);
    const { tokens } = await ask(tokenListSchema, 'token', 'list', '--identity-server', 'entra');
    expect(tokens.map(({ id, state }) => [id, state])).toEqual([
      [issued.id, 'revoked'],
      [rotated.id, 'active'],
    ]);
    const human = await run('token', 'add', '--identity-server', 'entra', '--name', 'Second', '--scope', 'read');
    expect(human.out).toMatch(/^eyJ\S+\n$/);
    expect(human.error).toContain('the URL http://127.0.0.1:8080/scim/entra/v2 and this token');
    expect((await run('token', 'list')).out).toMatch(/Second +active +\*:read +any +\d{4}-\d\d-\d\dT\d\d:\d\dZ +never/);
  });

  it.each([
    [['--expires', '5q'], '--expires: "5q" is no duration'],
    [['--scope', 'User:delete'], '--scope: "User:delete" is no scope'],
    [['--scope', 'a:b:c'], '--scope'],
  ])('refuses the token options %j', async (options, words) => {
    const { status, error } = await run('token', 'add', '--identity-server', 'entra', '--name', 'x', ...options);
    expect([status, error]).toEqual([2, expect.stringContaining(words)]);
  });

  it('adds, lists and removes schemas, from a file and from standard input', async () => {
    const schema = {
      id: 'urn:example:badge:1.0:User',
      name: 'Badge',
      attributes: [{ name: 'number', type: 'string' }],
    };
    await writeFile(join(directory, 'badge.json'), JSON.stringify(schema));
    const at = ['--identity-server', 'entra'];
    expect((await run('schema', 'add', 'badge.json', ...at)).out).toMatch(
      /^Added:\nKIND +NAME\nschema +urn:example:badge/,
    );
    const other = { resourceType: 'Group', schema: { ...schema, id: 'urn:example:cost:1.0:Group' } };
    const piped = await runLine({ directory, input: JSON.stringify(other) }, 'schema', 'add', '-', ...at);
    expect(piped.status).toBe(0);
    const names = async () =>
      (await ask(definitionListSchema, 'schema', 'list', ...at)).definitions.map(({ name }) => name);
    expect(await names()).toHaveLength(4);
    await run('schema', 'remove', schema.id, ...at);
    expect(await names()).toEqual(['Group urn:example:cost:1.0:Group', 'urn:example:cost:1.0:Group']);
    expect((await run('schema', 'add', 'missing.json', ...at)).error).toContain('missing.json cannot be read');
    expect((await runLine({ directory, input: '{' }, 'schema', 'add', '-', ...at)).error).toContain('- is not JSON');
  });

  it('makes, lists and revokes API tokens', async () => {
    const issued = await ask(issuedApiTokenSchema, 'api-token', 'add', '--name', 'Prometheus', '--access', 'read');
    expect(issued.token).toMatch(/^rollcall_/);
    expect((await run('api-token', 'list')).out).not.toContain(issued.token);
    await run('api-token', 'revoke', issued.id);
    const { apiTokens } = await ask(apiTokenListSchema, 'api-token', 'list');
    expect(apiTokens).toMatchObject([{ id: issued.id, access: 'read', state: 'revoked' }]);
    expect((await run('api-token', 'add', '--name', 'x', '--access', 'admin')).status).toBe(1);
  });

  it('shows that nobody has been provisioned yet', async () => {
    const at = ['--identity-server', 'entra'];
    expect(await ask(resourceListSchema, 'user', 'list', ...at)).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await run('group', 'list', ...at)).out).toBe('ID  DISPLAYNAME  EXTERNALID\n0 of 0\n');
    expect(await run('user', 'show', 'ann', ...at)).toMatchObject({
      status: 1,
      error: expect.stringContaining('There is no user ann'),
    });
    expect((await run('user', 'list', ...at, '--filter', 'userName eq')).error).toContain('position');
    expect((await run('log', 'list', ...at, '--json')).out).toBe('');
    expect((await run('changes', ...at)).out).toBe('');
    expect((await run('changes', ...at, '--after', 'x')).status).toBe(2);
    expect(await run('log', 'show', ...at, '1')).toMatchObject({
      status: 1,
      error: 'Error: There is no request 1 in the log of entra.\nrollcall log list --identity-server entra\n',
    });
  });

  it('does not wait for what cannot come', async () => {
    for (const command of [['changes'], ['log', 'list']]) {
      const { status, error } = await run(...command, '--identity-server', 'entra', '--follow');
      expect([status, error]).toEqual([1, expect.stringContaining('No server runs on this data directory')]);
    }
  });

  it('asks before it removes', async () => {
    await run('identity-server', 'add', '--name', 'Gone');
    expect(await run('identity-server', 'remove', 'gone')).toMatchObject({
      status: 2,
      error: expect.stringContaining('--yes'),
    });
    const no = await runLine({ directory, answer: 'no' }, 'identity-server', 'remove', 'gone');
    expect(no).toMatchObject({ status: 1, error: expect.stringContaining('Nothing was removed') });
    const yes = await runLine({ directory, answer: 'gone' }, 'identity-server', 'remove', 'gone');
    expect(yes).toMatchObject({ status: 0, out: expect.stringContaining('no longer answers') });
    expect((await run('identity-server', 'show', 'gone')).status).toBe(1);
    expect((await run('log', 'list', '--identity-server', 'entra', '--clear')).status).toBe(2);
    const clear = ['log', 'list', '--identity-server', 'entra', '--clear'];
    expect((await runLine({ directory, answer: 'y' }, ...clear)).out).toBe('0 requests removed from the log.\n');
    expect((await run(...clear, '--follow')).error).toContain('exclude each other');
    const some = await run(...clear, '--yes', '--status', '404');
    expect(some).toMatchObject({ status: 2, error: expect.stringContaining('it takes no conditions') });
  });

  it('backs up and restores, keeping what it replaces', async () => {
    const backup = await run('backup', 'copy.db');
    expect(backup.out).toContain(`Written to ${join(directory, 'copy.db')}`);
    expect(backup.out).toContain('The keys are not in it');
    expect((await run('backup', 'copy.db')).error).toContain('exists already');
    await run('identity-server', 'set', 'entra', 'name=Changed');
    const restored = await run('restore', 'copy.db', '--json');
    const { replaced } = JSON.parse(restored.out);
    expect((await stat(replaced)).size).toBeGreaterThan(0);
    expect((await ask(identityServerSchema, 'identity-server', 'show', 'entra')).name).toBe('Entra');
    await writeFile(join(directory, 'junk.db'), 'junk');
    expect(await run('restore', 'junk.db')).toMatchObject({
      status: 1,
      error: expect.stringContaining('cannot be restored'),
    });
    expect((await run('restore', 'nothing.db')).error).toContain('There is no file');
    expect((await ask(identityServerSchema, 'identity-server', 'show', 'entra')).name).toBe('Entra');
  });

  it('leaves a directory alone that another process holds', async () => {
    const holder = await openRollcall(configSchema.parse({ data: join(directory, 'data'), logLevel: 'silent' }));
    const listed = await run('identity-server', 'list');
    const restored = await run('restore', 'copy.db');
    await holder.close();
    expect(listed).toMatchObject({
      status: 1,
      error: expect.stringMatching(/Another process uses .*, and no server answers there/),
    });
    expect(restored).toMatchObject({ status: 1, error: expect.stringContaining('Stop the server first') });
    expect((await run('identity-server', 'list')).status).toBe(0);
  });

  it('keeps no secret readable in its directory', async () => {
    const { token } = await ask(issuedTokenSchema, 'token', 'add', '--identity-server', 'entra', '--name', 'Secret');
    const bytes = await readFile(join(directory, 'data', 'rollcall.db'), 'latin1');
    expect(bytes).toContain('Secret');
    expect(bytes).not.toContain(token.split('.')[2]);
  });
});
