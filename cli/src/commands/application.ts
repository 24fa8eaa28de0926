import { Command } from 'commander';
import { type Admin, withExamples } from '../admin-command.ts';
import { addCommand } from './application-add.ts';
import { assignCommand, assignmentsCommand, unassignCommand } from './application-assign.ts';
import { driftCommand } from './application-drift.ts';
import { restartCommand, startCommand, stopCommand } from './application-job.ts';
import { listCommand, removeCommand, showCommand } from './application-list.ts';
import { cyclesCommand, provisioningLogCommand } from './application-log.ts';
import { mappingCommand } from './application-mapping.ts';
import { applyCommand, discardCommand, planCommand, plansCommand } from './application-plan.ts';
import { provisionCommand } from './application-provision.ts';
import { setCommand } from './application-set.ts';
import { decideCommand, stagedCommand } from './application-staged.ts';
import { statusCommand } from './application-status.ts';
import { testCommand } from './application-verdict.ts';

/** `rollcall application`: what users and groups are provisioned into. */
export function applicationCommand(admin: Admin): Command {
  const command = new Command('application').description('The applications that users and groups are provisioned into');
  const commands = [
    addCommand(admin),
    listCommand(admin),
    showCommand(admin),
    setCommand(admin),
    removeCommand(admin),
    testCommand(admin),
    startCommand(admin),
    stopCommand(admin),
    restartCommand(admin),
    statusCommand(admin),
    assignCommand(admin),
    unassignCommand(admin),
    assignmentsCommand(admin),
    mappingCommand(admin),
    provisionCommand(admin),
    planCommand(admin),
    plansCommand(admin),
    applyCommand(admin),
    discardCommand(admin),
    stagedCommand(admin),
    decideCommand(admin, 'allow'),
    decideCommand(admin, 'reject'),
    provisioningLogCommand(admin),
    cyclesCommand(admin),
    driftCommand(admin),
  ];
  for (const below of commands) command.addCommand(below);
  return withExamples(command, [
    ['rollcall application add --name "CRM" --directory hr --url URL --token-file token.txt', 'make one'],
    ['rollcall application test crm', 'see whether it can be reached, and what it can do'],
    ['rollcall application assign crm group:Sales', 'choose who gets in'],
    ['rollcall application start crm', 'begin; then: rollcall application status crm --watch'],
  ]);
}
