import type {
  ApplicationState,
  AssignmentListView,
  CycleView,
  MappingsView,
  ProvisioningStatusView,
} from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/queries.ts';

const WHILE_RUNNING = 2_000;
const WHILE_ACTIVE = 15_000;

/** How the applications stand, as `/overview` has them. */
export interface ApplicationHealth {
  readonly slug: string;
  readonly state: ApplicationState;
  readonly links: { readonly users: number; readonly groups: number };
  readonly failing: number;
  readonly staged: number;
  readonly drift: number;
  readonly lastCycle: CycleView | null;
  readonly progress: number | null;
}

export const healthQuery = () => apiQuery<{ readonly applications: readonly ApplicationHealth[] }>(['overview']);
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
