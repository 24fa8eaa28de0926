import type { MappingsView } from '@rollcall/server/contract';
import type { z } from 'zod';

type Read = { readonly mappings: MappingsView; readonly problem?: undefined } | { readonly problem: string };

/** Reads what Export or `rollcall application mapping show --json` wrote; `problem` is what is wrong with it. */
export function readMappings(
  text: string,
  schema: z.ZodType<MappingsView>,
  issueText: (issue: z.core.$ZodIssue) => string,
): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const read = schema.safeParse(value);
  if (read.success) return { mappings: read.data };
  const [issue] = read.error.issues;
  return { problem: issue === undefined ? '' : `${issue.path.join('.')} ${issueText(issue)}` };
}

/** Gives the person a file to keep. */
export function saveFile(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
