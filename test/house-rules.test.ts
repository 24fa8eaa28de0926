import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');
const sources = files.filter((path) => /^(scim|provisioning|server|console|cli)\/.*\.(ts|tsx|js)$/.test(path));
const shipped = sources.filter((path) => !/\.(test|fixture)\.tsx?$|-suite\.ts$|^scim\/test\/|\.config\.ts$/.test(path));
const text = (path: string): string => readFileSync(path, 'utf8');
const imports = (path: string): string[] =>
  [...text(path).matchAll(/^(?:import|export|\}) [^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    ([, from, bare, late]) => from ?? bare ?? late ?? '',
  );

const holding = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.filter((path) => pattern.test(text(path)));

describe('the house', () => {
  it('imports only from the rooms to the left', () => {
    const allowed: Readonly<Record<string, RegExp>> = {
      scim: /^\.|^(vitest|fast-check)$/,
      provisioning: /^\.|^node:|^@rollcall\/scim$|^(undici|vitest|fast-check)$/,
      server: /^\.|^node:|^@rollcall\/(scim|provisioning(\/scoping-operator)?)$|^[a-z]|^@(?!rollcall)/,
      console: /^\.|^@rollcall\/(server\/contract|scim|provisioning\/mapping)$|^[a-z]|^@(?!rollcall)/,
      cli: /^\.|^node:|^@rollcall\/(server(\/(config|contract))?|scim)$|^commander$|^vitest$|^zod$/,
    };
    const wrong = sources.flatMap((path) => {
      const room = path.split('/')[0] ?? '';
      return imports(path)
        .filter(
          (name) =>
            !allowed[room]?.test(name) ||
            (room !== 'console' && name === 'react') ||
            name === 'rollcall' ||
            (room === 'server' && name === 'commander'),
        )
        .map((name) => `${path}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves no room by a relative path', () => {
    const wrong = sources.flatMap((path) =>
      imports(path)
        .filter((name) => name.startsWith('.'))
        .map((name) =>
          `${dirname(path)}/${name}`.split('/').reduce<string[]>((parts, part) => {
            if (part === '..') parts.pop();
            else if (part !== '.') parts.push(part);
            return parts;
          }, []),
        )
        .filter((parts) => parts[0] !== path.split('/')[0])
        .map((parts) => `${path} → ${parts.join('/')}`),
    );
    expect(wrong).toEqual([]);
  });

  it('shows browsers nothing of Node: what the console imports of other rooms has no module of Node below it', () => {
    const shown = ['scim/src/index.ts', 'provisioning/src/mapping/index.ts', 'server/src/contract/index.ts'];
    const waiting = [...shown, 'provisioning/src/mapping/scoping-operator.ts'];
    const met = new Set<string>();
    const wrong: string[] = [];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (met.has(path)) continue;
      met.add(path);
      // Types leave nothing behind.
      const values = text(path).replace(/^(?:import|export) type [^;]*;/gm, '');
      for (const [, name = ''] of values.matchAll(/^(?:import|export|\}) [^;]*?from '([^']+)'/gm)) {
        if (name.startsWith('node:')) wrong.push(`${path}: ${name}`);
        if (name.startsWith('.')) waiting.push(normalize(`${dirname(path)}/${name}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(met.size).toBeGreaterThan(shown.length);
  });

  it('keeps scim/ free of HTTP, SQL, time and randomness', () => {
    const pure = shipped.filter((path) => path.startsWith('scim/'));
    expect(holding(pure, /\bDate\.now\(|new Date\(\)|Math\.random|node:|\bfetch\(|\bprocess\.|setTimeout/)).toEqual([]);
  });

  it('reads process.env and argv in cli/ alone', () => {
    expect(
      holding(
        shipped.filter((path) => !path.startsWith('cli/')),
        /process\.(env|argv)/,
      ),
    ).toEqual([]);
  });

  it('talks to the database in server/src/store/ alone', () => {
    const outside = shipped.filter((path) => !path.startsWith('server/src/store/'));
    expect(holding(outside, /from '(node:sqlite|kysely|pg)'/)).toEqual([]);
  });

  it('has names that say what a file holds', () => {
    const banned = /^(utils?|helpers?|common|manager|base|misc|shared)$/;
    const wrong = sources.filter(
      (path) =>
        path.split('/').some((part) => banned.test(part.replace(/\.[a-z.]+$/, ''))) ||
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|long\.test|postgres\.test|fixture|config))?\.(ts|tsx|js)$/.test(
          basename(path),
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps files short enough to read', () => {
    expect(shipped.filter((path) => text(path).split('\n').length > 400)).toEqual([]);
  });

  it('has no any, no default export, no skipped test, nothing left for later', () => {
    const everything = files.filter((path) => /\.(ts|tsx|js)$/.test(path) && !path.endsWith('house-rules.test.ts'));
    expect(everything.filter((path) => /:\s*any\b|\bas any\b|<any>/.test(code(path)))).toEqual([]);
    const words = /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(skip|only|todo)\(/;
    expect(holding(everything, words)).toEqual([]);
    expect(holding(shipped, /^export default/m)).toEqual([]);
  });

  it('gives every cast a reason', () => {
    const wrong = shipped.flatMap((path) => {
      const lines = text(path).split('\n');
      return code(path)
        .split('\n')
        .flatMap((line, index) => {
          const isCast = /\bas (?!const\b)[\w({[]/.test(line) && !/^\s*(import|export)\b|\b\w+ as \w+,?$/.test(line);
          const hasReason = [lines[index], lines[index - 1]].some((near) => near !== undefined && /\/\/|\*/.test(near));
          return isCast && !hasReason ? [`${path}:${index + 1}: ${lines[index]?.trim()}`] : [];
        });
    });
    expect(wrong).toEqual([]);
  });
});

/** A file's text with comments and strings blanked; every line stays where it was. */
function code(path: string): string {
  const noise = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text(path).replace(noise, (match) => match.replace(/[^\n]/g, ' '));
}
