import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const resultsSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullable(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** What axe finds in a page, of `rules` alone if there are some: a line for each, with the first element at fault. */
export async function violationsIn(page: Page, rules?: readonly string[]): Promise<string[]> {
  // As a debugger's, not the page's own: the Content-Security-Policy lets no script in that is not the console's.
  await page.evaluate(`if (globalThis.axe === undefined) { ${SOURCE} }`);
  const options = JSON.stringify({
    resultTypes: ['violations'],
    // A menu hangs below the body, in no landmark of the page; it is in none of the reader's way either.
    rules: { region: { enabled: false } },
    ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } }),
  });
  const { violations } = resultsSchema.parse(await page.evaluate(`axe.run(document, ${options})`));
  return violations.map(
    ({ id, impact, nodes }) =>
      `${impact} ${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary?.slice(0, 200)}`,
  );
}
