import type { ApplicationView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { applicationQuery } from '../../../api/queries.ts';
import { patch, post } from '../../../api/request.ts';
import { provisioningChanges } from './provisioning-changes.ts';
import { formOf, type ProvisioningForm } from './provisioning-form.ts';

interface Options {
  readonly application: ApplicationView;
  /** Whether the connection of the form was tested, and works. */
  readonly isTested: boolean;
  /** When settings and connection are stored, which may be before the switch is. */
  onStored(): void;
  /** `sent` is what was saved: the form may have been edited since. */
  onDone(saved: ApplicationView, sent: ProvisioningForm): void;
  onError(): void;
}

/** Saves what differs, then starts or stops. */
export function useSave({ application, isTested, onStored, onDone, onError }: Options) {
  const queryClient = useQueryClient();
  const path = `/applications/${application.slug}`;
  const { queryKey } = applicationQuery(application.slug);
  return useMutation({
    mutationFn: async (form: ProvisioningForm) => {
      const changes = provisioningChanges(form, formOf(application));
      const isChanged = Object.keys(changes).length > 0;
      const stored = isChanged ? await patch<ApplicationView>(path, changes) : application;
      if (isChanged) {
        queryClient.setQueryData(queryKey, stored);
        onStored();
        // What a test found out is kept only of a connection that is saved, so it is asked once more.
        if (isTested && changes.connection !== undefined) await post(`${path}/test`).catch(() => undefined);
      }
      if (form.status === 'on' && formOf(stored).status === 'off') {
        await post(`${path}/${stored.state === 'disabled' ? 'restart' : 'start'}`);
      }
      if (form.status === 'off' && formOf(stored).status === 'on') await post(`${path}/stop`);
      return stored;
    },
    onSuccess: async (stored, sent) => {
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
      onDone(stored, sent);
    },
    onError: () => {
      void queryClient.invalidateQueries({ queryKey: ['applications', application.slug] });
      onError();
    },
  });
}
