import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runLine } from '../cli/src/terminal.fixture.ts';
import { startProcess } from './harness/process.ts';

const run = promisify(execFile);
const ROLLCALL = `${process.execPath} ${join(import.meta.dirname, '../cli/bin/rollcall.js')}`;

/** The console blocks of the README, one after the other: what is typed, and what is then shown. */
function consoleBlocks(): { command: string; shown: string }[] {
  const blocks = readFileSync('README.md', 'utf8').matchAll(/```console\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((entry) => {
        const [command = '', ...shown] = entry.split('\n');
        return { command, shown: shown.join('\n').trimEnd() };
      }),
  );
}

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...globSync('docs/**/*.md').filter((page) => page !== 'docs/rfc-coverage.md'),
];

/** What a page tells people to type: from the name of a command up to the end of the code, or two blanks. */
function commandsOf(page: string): string[] {
  const code = [...readFileSync(page, 'utf8').matchAll(/```[\s\S]*?```|`[^`\n]*`/g)].map(([text]) => text).join('\n');
  return [...code.matchAll(/^(?:`|\$ )?(?:npx )?rollcall ([a-z][^`\n]*?)(?= {2}|`|$)/gm)].map(
    (match) => match[1] ?? '',
  );
}

/** Ids, dates and addresses differ from run to run. */
const normalised = (text: string, origin: string): string =>
  text
    .replaceAll(origin, 'http://127.0.0.1:8080')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, '<date>')
    .trimEnd();

// Stands in for curl, which a machine with only Node.js and npm need not have: the flags that the README uses.
const CURL = `#!${process.execPath}
const [, , ...words] = process.argv;
const after = (flag) => words.filter((_, index) => words[index - 1] === flag);
const headers = Object.fromEntries(after('-H').map((header) => header.split(/: (.*)/s).slice(0, 2)));
fetch(words.find((word) => word.startsWith('http')), { method: 'POST', headers, body: after('-d')[0] })
  .then((answer) => answer.text()).then((text) => process.stdout.write(text));
`;

describe('the documents', () => {
  it('show in the README what its commands print', { timeout: 120_000 }, async () => {
    const server = await startProcess();
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-readme-'));
    writeFileSync(join(folder, 'curl'), CURL, { mode: 0o755 });
    try {
      for (const { command, shown } of consoleBlocks()) {
        const here = command.replace('npx rollcall', ROLLCALL).replaceAll('http://127.0.0.1:8080', server.origin);
        const environment = { ...process.env, ROLLCALL_DATA: server.data, PATH: `${folder}:${process.env.PATH}` };
        const { stdout, stderr } = await run('sh', ['-c', here], { cwd: folder, env: environment });
        const printed = normalised(stderr.replace(/^.*Warning.*\n/gm, '') + stdout, server.origin);
        expect(printed, command).toBe(normalised(shown, server.origin));
      }
    } finally {
      await server.remove();
      await rm(folder, { recursive: true });
    }
  });

  it('name only files that exist in the architecture', () => {
    const text = readFileSync('docs/architecture.md', 'utf8');
    const paths = [
      ...text.matchAll(
        /(?:^|[\s`])((?:scim|provisioning|server|cli)\/src\/[\w./-]+|(?:http|auth|provider|store|request-log)\/[\w/-]+)/gm,
      ),
    ]
      .map((match) => match[1] ?? '')
      .filter((path) => !path.endsWith('/'));
    const missing = paths.filter((path) => {
      const rooted = /^(scim|provisioning|server|cli)\//.test(path) ? path : `server/src/${path}`;
      return !existsSync(rooted) && !existsSync(`${rooted}.ts`);
    });
    expect(paths.length).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  it('tell people many commands, which the next test sees', () => {
    expect(commandsOf('README.md').length).toBeGreaterThan(20);
    expect(commandsOf('docs/applications.md').length).toBeGreaterThan(20);
  });

  it.each(PAGES)('name only commands and options that there are in %s', async (page) => {
    for (const command of commandsOf(page)) {
      const words = /^(?:[a-z][a-z-]* ?)*/.exec(command)?.[0].trim().split(' ') ?? [];
      const { out } = await runLine({ directory: tmpdir() }, ...words, '--help');
      expect(out, `${page}: rollcall ${command}`).toMatch(/^Usage: rollcall .*/);
      // The help of a group of commands: the word after it is none of them.
      if (words.length > 1) expect(out, `${page}: rollcall ${command}`).not.toMatch(/^Usage: .*\[command\]/);
      for (const [option] of command.matchAll(/(?<= )--[a-z-]+/g)) expect(out, command).toContain(option);
    }
  });

  it('link to pages that exist', () => {
    const broken = PAGES.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map((match) => join(page, '..', match[1] ?? ''))
        .filter((target) => !existsSync(target)),
    );
    expect(broken).toEqual([]);
  });
});
