import type { LinkCounts } from '@rollcall/provisioning';
import type { OverviewView } from '../../contract/overview.ts';
import type { Application } from '../../store/application-contract.ts';
import { applicationState } from '../application-view.ts';
import type { AdminContext } from '../context.ts';
import { cycleView } from '../provisioning-cycles.ts';
import { progressOf } from '../provisioning-status.ts';
import type { ApplicationFacts } from './facts.ts';

/** The one that runs, and the one before it. */
const CYCLES = 2;

export interface ApplicationRow {
  readonly row: OverviewView['applications'][number];
  readonly facts: ApplicationFacts;
}

export type CountLinks = (key: number) => Promise<LinkCounts>;

/** Each application as the overview shows it, with what is asked about it. */
export async function applicationRows(context: AdminContext, countLinks: CountLinks): Promise<ApplicationRow[]> {
  const all = await context.store.applications.list();
  return Promise.all(all.map((application) => rowOf(context, application, countLinks)));
}

async function rowOf(context: AdminContext, application: Application, countLinks: CountLinks): Promise<ApplicationRow> {
  const { applications } = context.store;
  const { key, slug, name, connection, settings, job } = application;
  const journal = applications.journal(key);
  const [links, escrows, staged, drift, cycles, secret] = await Promise.all([
    countLinks(key),
    journal.countEscrows(),
    journal.countStaged(),
    applications.drift(key).count(),
    applications.cycles(key, CYCLES),
    applications.secret(key),
  ]);
  const { running } = await context.provisioning.live(key);
  const state = applicationState(application);
  const failing = escrows.entry + escrows.reference;
  const last = cycles.find((cycle) => cycle.state !== 'running');
  const needsSecret = connection !== null && connection.credentials.kind !== 'none';
  return {
    row: {
      slug,
      name,
      directory: context.registry.byKey(application.directory)?.slug ?? '',
      state,
      links: { users: links.users, groups: links.groups },
      failing,
      staged,
      drift: drift.objects,
      lastCycle: last === undefined ? null : cycleView(last),
      progress: running === null ? null : progressOf(running.counts),
    },
    facts: {
      slug,
      name,
      state,
      quarantine: job.quarantine,
      secretMissing: needsSecret && secret === null,
      expires: connection?.expires ?? null,
      failing,
      staged,
      drift: drift.objects,
      wantsMail: settings.notify.length > 0,
    },
  };
}
