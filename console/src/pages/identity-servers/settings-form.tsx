import { List, Stack } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { identityServerQuery } from '../../api/queries.ts';
import { patch } from '../../api/request.ts';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../components/unsaved.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { BehaviourSection } from './behaviour-section.tsx';
import { DeleteIdentityServer } from './delete-identity-server.tsx';
import { GeneralSection } from './general-section.tsx';
import { NewPassword } from './new-password.tsx';
import { Notice } from './notice.tsx';
import { SchemasSection } from './schemas-section.tsx';
import { ScimApiSection } from './scim-api-section.tsx';
import { SecuritySection } from './security-section.tsx';
import { changesOf, faultsOf, NUMBERS, type SettingsDraft, withDraft } from './settings-changes.ts';
import type { SettingsEdit } from './settings-edit.ts';
import { SettingsFoot } from './settings-foot.tsx';
import { useDialog } from './use-dialog.ts';
import { useMay } from './use-may.ts';

/** The form of settings: what is typed lies over what the server has, until it is saved or discarded. */
export function SettingsForm({ view }: { readonly view: IdentityServerView }) {
  const { identityServers: text, general } = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const mayChange = useMay('administrator');
  const [draft, setDraft] = useState<SettingsDraft>({});
  const { dialog, open, close } = useDialog<'password' | 'delete'>();
  const changes = changesOf(view, draft);
  const dirty = Object.keys(changes).length > 0;
  const values = withDraft(view, draft);
  const faults = faultsOf(values);
  const save = useMutation({
    mutationFn: () => patch<IdentityServerView>(`/identity-servers/${encodeURIComponent(view.slug)}`, changes),
    onSuccess: async (saved) => {
      setDraft({});
      notifyDone(general.saved);
      queryClient.setQueryData(identityServerQuery(saved.slug).queryKey, saved);
      if (saved.slug !== view.slug) {
        await navigate({ to: `/identity-servers/${saved.slug}`, replace: true, ignoreBlocker: true });
        queryClient.removeQueries({ queryKey: ['identity-servers', view.slug] });
      }
      void queryClient.invalidateQueries({ queryKey: ['identity-servers'] });
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  const problem = useProblem(save.error);
  const edit: SettingsEdit = {
    values,
    disabled: !mayChange,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    wrong: (field) => {
      const fault = faults[field];
      if (fault === undefined) return problem?.of(field);
      if (fault !== 'number') return text.settings[fault];
      const [least, most] = Object.entries(NUMBERS).find(([name]) => name === field)?.[1] ?? [0, 0];
      return text.settings.number(least, most);
    },
  };
  // Of the answer to a change: what two resources hold although it is now to be unique. What is known before is shown in its place.
  const warnings = save.data?.warnings.filter((warning) => !view.warnings.includes(warning)) ?? [];
  return (
    <>
      <UnsavedGuard dirty={dirty} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (dirty && Object.keys(faults).length === 0) save.mutate();
        }}
      >
        <Stack>
          <GeneralSection {...edit} slug={view.slug} />
          <SecuritySection {...edit} view={view} onMakePassword={() => open('password')} />
          <ScimApiSection view={view} />
          <BehaviourSection {...edit} />
          {warnings.length === 0 ? null : (
            <Notice announced>
              <List size="sm">
                {warnings.map((warning) => (
                  <List.Item key={warning}>{warning}</List.Item>
                ))}
              </List>
            </Notice>
          )}
          <ProblemNotice error={save.error} />
          <SettingsFoot
            view={view}
            dirty={dirty}
            mayChange={mayChange}
            valid={Object.keys(faults).length === 0}
            pending={save.isPending}
            onDiscard={() => {
              setDraft({});
              save.reset();
            }}
            onDelete={() => open('delete')}
          />
        </Stack>
      </form>
      <SchemasSection server={view.slug} />
      <NewPassword view={view} opened={dialog === 'password'} onClose={close} />
      {dialog === 'delete' ? <DeleteIdentityServer view={view} onClose={close} /> : null}
    </>
  );
}
