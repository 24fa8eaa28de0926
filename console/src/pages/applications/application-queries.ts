import type {
  AssignmentListView,
  CycleView,
  MappingsView,
  OverviewView,
  ProvisioningStatusView,
} from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/queries.ts';

const WHILE_RUNNING = 2_000;
const WHILE_ACTIVE = 15_000;

/** How one application stands. */
export type ApplicationHealth = OverviewView['applications'][number];

export const healthQuery = () => apiQuery<OverviewView>(['overview']);
export const statusQuery = (slug: string) => apiQuery<ProvisioningStatusView>(['applications', slug, 'status']);
export const cyclesQuery = (slug: string) =>
  apiQuery<{ readonly cycles: readonly CycleView[] }>(['applications', slug, 'cycles'], { limit: 50 });
export const assignmentsQuery = (slug: string) => apiQuery<AssignmentListView>(['applications', slug, 'assignments']);
export const mappingsQuery = (slug: string) => apiQuery<MappingsView>(['applications', slug, 'mappings']);

/** Whether a cycle runs, or the first one is about to. */
export const isWorking = ({ state, running, watermark, lastCycles }: ProvisioningStatusView): boolean =>
  running !== null || (state === 'active' && watermark === null && lastCycles.length === 0);

/** What provisioning does. Events bring news at once; asking again now and then moves progress bars and bridges gaps. */
export const useStatus = (slug: string) =>
  useQuery({
    ...statusQuery(slug),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined) return false;
      if (isWorking(data)) return WHILE_RUNNING;
      return data.state === 'active' || data.state === 'quarantine' ? WHILE_ACTIVE : false;
    },
  });
