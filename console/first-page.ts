import { fileURLToPath } from 'node:url';

/** What everybody loads: the frame, and Home in it. */
const BEGINNINGS = ['main.tsx', 'app/shell.tsx', 'pages/home/home.tsx'].map((path) =>
  fileURLToPath(new URL(`src/${path}`, import.meta.url)),
);
/** It exports all of Mantine, and nobody wants all of it. */
const ALL_OF_MANTINE = /\/@mantine\/core\/.*\/index\.\w+$/;
const IMPORT_OF_MANTINE = /\bimport\s*\{([^}]*)\}\s*from\s*["']@mantine\/core["']/g;

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly code: string | null } | null;
}

/**
 * Groups the modules that the first page needs into one file. The bundler would make eighty of them, by which other
 * pages share each: that many requests, and a tenth more bytes, as small files compress less well.
 */
export function firstPage(id: string, modules: Modules): string | null {
  needed ??= modulesBelow(BEGINNINGS, modules);
  return needed.has(id) && !BEGINNINGS.includes(id) ? 'first-page' : null;
}

let needed: ReadonlySet<string> | undefined;

function modulesBelow(ids: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [...ids];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const module = modules.getModuleInfo(id);
    if (module === null || found.has(id)) continue;
    found.add(id);
    for (const imported of module.importedIds) {
      left.push(...(ALL_OF_MANTINE.test(imported) ? partsOf(imported, module.code ?? '') : [imported]));
    }
  }
  return found;
}

/** The modules of the parts that a module imports by their names; what is no part comes with one. */
function partsOf(all: string, code: string): string[] {
  const folder = all.replace(/index\.\w+$/, 'components');
  const extension = all.slice(all.lastIndexOf('.'));
  return [...code.matchAll(IMPORT_OF_MANTINE)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().split(' ')[0] ?? '')
    .map((name) => `${folder}/${name}/${name}${extension}`);
}
