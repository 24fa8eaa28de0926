import { driftListSchema, driftOutcomeSchema, driftRuleSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { z } from 'zod';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { table } from '../table.ts';

type DriftList = z.infer<typeof driftListSchema>;

interface DriftOptions {
  readonly check?: boolean;
  readonly attribute?: string;
  readonly everyObject?: boolean;
}

/** `rollcall application drift`: what somebody else changed at the target, and what becomes of it. */
export function driftCommand(admin: Admin): Command {
  const command = new Command('drift')
    .description('Show what the target holds otherwise than it was sent, and decide about it')
    .argument('<app>')
    .argument('[decision]', 'push, accept, ignore or report')
    .argument('[object...]', 'user:NAME, group:NAME or an id')
    .option('--check', 'compare now')
    .option('--attribute <path>', 'of this target attribute alone')
    .option('--every-object', 'a rule for the attribute, whatever object it is of');
  admin.command<DriftOptions>(command, async ({ client, options, args, print }) => {
    const [app = '', word, ...objects] = args;
    if (word === undefined) {
      const request =
        options.check === true
          ? ({ method: 'POST', path: applicationPath(app, 'drift', 'check'), body: {} } as const)
          : ({ method: 'GET', path: applicationPath(app, 'drift') } as const);
      const list = await client.ask(driftListSchema, request);
      print(list, () => shown(app, list));
      return;
    }
    const decision = driftRuleSchema.safeParse(word);
    if (!decision.success) throw wrongUsage(`"${word}" is no decision.`, 'Write push, accept, ignore or report.');
    const { attribute } = options;
    if (options.everyObject === true) {
      if (attribute === undefined || objects.length > 0) {
        throw wrongUsage('A rule is for one --attribute, and names no object.', 'Add --help for an example.');
      }
      const body = { path: attribute, rule: decision.data };
      const list = await client.ask(driftListSchema, {
        method: 'PUT',
        path: applicationPath(app, 'drift', 'rules'),
        body,
      });
      print(list, () => `${attribute}: ${decision.data}, whatever object it is of.\n`);
      return;
    }
    if (objects.length === 0) {
      throw wrongUsage('Name the objects.', `rollcall application drift ${app} shows which differ.`);
    }
    const body = { decision: decision.data, objects, ...(attribute === undefined ? {} : { attribute }) };
    const path = applicationPath(app, 'drift', 'decide');
    const outcome = await client.ask(driftOutcomeSchema, { method: 'POST', path, body });
    print(outcome, () => {
      const failed = outcome.failed === 0 ? '' : ` ${outcome.failed} could not be sent; the log says why.`;
      const what = outcome.decided === 1 ? '1 attribute' : `${outcome.decided} attributes`;
      return `${what}: ${decision.data}.${failed} ${outcome.total} still differ.\n`;
    });
  });
  return withExamples(command, [
    ['rollcall application drift crm', 'what differed when it was compared last'],
    ['rollcall application drift crm --check', 'compare now'],
    ['rollcall application drift crm push user:anna@example.com', 'send the values again'],
    ['rollcall application drift crm accept user:anna@example.com --attribute title', 'keep what the target has'],
    ['rollcall application drift crm ignore --attribute title --every-object', 'never report an attribute'],
  ]);
}

function shown(app: string, { pass, drift, total, decisions, rules }: DriftList): string {
  if (pass.running)
    return `It compares; ${pass.looked} objects so far. Ask again with rollcall application drift ${app}\n`;
  if (pass.endedAt === null) return `It was never compared. Compare now: rollcall application drift ${app} --check\n`;
  const failed = pass.failed === 0 ? '' : `, ${pass.failed} could not be read`;
  const lines = [`${pass.looked} objects compared until ${pass.endedAt}${failed}.`];
  if (pass.error !== null) lines.push(`It ended early: ${pass.error}`);
  if (total === 0) lines.push('Nothing differs.');
  else {
    const rows = drift.map(({ type, label, path, expected, found, sinceAt }) => [
      type,
      label,
      path,
      JSON.stringify(expected),
      JSON.stringify(found),
      sinceAt,
    ]);
    lines.push('', table(['TYPE', 'NAME', 'ATTRIBUTE', 'SENT', 'FOUND', 'SINCE'], rows).trimEnd());
    if (total > rows.length) lines.push(`${rows.length} of ${total}`);
    lines.push('', `Send again, keep or ignore: rollcall application drift ${app} push|accept|ignore OBJECT`);
  }
  if (decisions.length > 0) lines.push(`Decided before: ${decisions.length}`);
  for (const { path, rule } of rules) lines.push(`${path}: ${rule}, whatever object it is of`);
  return `${lines.join('\n')}\n`;
}
