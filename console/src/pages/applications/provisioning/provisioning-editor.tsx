import { Accordion, Alert, Anchor, Fieldset, Paper, Stack, TextInput } from '@mantine/core';
import type { ApplicationView, ConnectionVerdictView } from '@rollcall/server/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { notifyDone } from '../../../components/notify.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../../components/unsaved.tsx';
import { useProblem } from '../../../language/use-problem.ts';
import { useText } from '../../../language/use-text.ts';
import { AdminCredentials } from './admin-credentials.tsx';
import { ConnectionVerdict } from './connection-verdict.tsx';
import { DeleteApplication } from './delete-application.tsx';
import { MappingSummary } from './mapping-summary.tsx';
import { connectionChanges } from './provisioning-changes.ts';
import { editedSince, formOf, mailsOf, type ProvisioningForm, sameForm } from './provisioning-form.ts';
import { ProvisioningSettings } from './provisioning-settings.tsx';
import { SaveBar } from './save-bar.tsx';
import { type Mode, ModeChoice, ScopeChoice, StatusChoice } from './scope-and-status.tsx';
import { Section } from './section.tsx';
import { TestConnection } from './test-connection.tsx';
import { useSave } from './use-save.ts';

const SECTIONS = ['credentials', 'mappings', 'settings', 'scope', 'properties'];
/** Editing one of these makes a verdict old. */
const OF_CONNECTION = ['method', 'baseUrl', 'secret', 'userName', 'tokenUrl', 'clientId', 'oauthScope', 'dialect'];

/** All of it as one form, which is saved at once. */
export function ProvisioningEditor({ application }: { readonly application: ApplicationView }) {
  const { applications } = useText();
  const text = applications.provisioning;
  const session = useQuery(sessionQuery()).data;
  const readOnly = !may(session, 'administrator');
  const mayRun = may(session, 'operator');
  const saved = formOf(application);
  // Only what was edited: what others save meanwhile stays as they saved it.
  const [draft, setDraft] = useState<Partial<ProvisioningForm>>({});
  const [mode, setMode] = useState<Mode>(application.connection === null ? 'manual' : 'automatic');
  const [opened, setOpened] = useState(SECTIONS);
  const [complaint, setComplaint] = useState<'url' | 'mails'>();
  const form: ProvisioningForm = { ...saved, ...draft, ...(mode === 'manual' ? { status: 'off' } : {}) };
  const dirty = !sameForm(form, saved);

  const complain = () => setOpened(SECTIONS);
  const test = useMutation({
    mutationFn: async () => {
      const connection = connectionChanges(form, saved);
      const verdict = await post<ConnectionVerdictView>(
        `/applications/${application.slug}/test`,
        connection === undefined ? {} : { connection },
      );
      return { verdict, baseUrl: form.baseUrl };
    },
    onError: complain,
  });
  const save = useSave({
    application,
    isTested: test.data?.verdict.ok === true,
    onStored: () => setDraft(({ secret: _stored, ...rest }) => rest),
    onDone: ({ name }, sent) => {
      setDraft((now) => editedSince(sent, now));
      notifyDone(text.savedAs(name));
    },
    onError: complain,
  });
  const set = (changes: Partial<ProvisioningForm>) => {
    setDraft((now) => ({ ...now, ...changes }));
    setComplaint(undefined);
    if (Object.keys(changes).some((name) => OF_CONNECTION.includes(name))) test.reset();
  };
  const onTest = () => {
    if (form.baseUrl.trim() !== '') return test.mutate();
    setComplaint('url');
    complain();
  };
  const onSave = () => {
    if (!form.notify || mailsOf(form.mails).length > 0) return save.mutate(form);
    setComplaint('mails');
    complain();
  };
  const onDiscard = () => {
    setDraft({});
    setMode(application.connection === null ? 'manual' : 'automatic');
    setComplaint(undefined);
    save.reset();
    test.reset();
  };
  const error = save.error ?? test.error;
  useEffect(() => {
    if (error === null && complaint === undefined) return;
    document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
  }, [error, complaint]);
  const section = { form, readOnly, set, problem: useProblem(error) };
  return (
    <Stack gap="md">
      <UnsavedGuard dirty={dirty && !save.isPending} />
      {readOnly ? (
        <Alert color="gray" variant="light">
          {text.readOnly}
        </Alert>
      ) : null}
      <Fieldset disabled={readOnly} variant="unstyled">
        <ModeChoice mode={mode} onChange={setMode} />
      </Fieldset>
      <Accordion multiple variant="contained" order={2} value={opened} onChange={setOpened}>
        <Section
          name="credentials"
          title={text.credentials}
          readOnly={readOnly}
          fields={
            <AdminCredentials
              {...section}
              saved={saved}
              hasSecret={application.hasSecret}
              urlMissing={complaint === 'url'}
            />
          }
        >
          <TestConnection mayTest={mayRun} pending={test.isPending} onTest={onTest}>
            <ProblemNotice error={test.error} />
            {test.data === undefined ? null : <ConnectionVerdict {...test.data} />}
          </TestConnection>
        </Section>
        <Section name="mappings" title={text.mappings} readOnly={false}>
          <MappingSummary slug={application.slug} />
        </Section>
        <Section
          name="settings"
          title={text.settings}
          readOnly={readOnly}
          fields={<ProvisioningSettings {...section} mailsMissing={complaint === 'mails'} />}
        />
        <Section name="scope" title={text.scope} readOnly={readOnly} fields={<ScopeChoice {...section} />}>
          <Anchor component={Link} to={`/applications/${application.slug}/users-and-groups`} size="sm">
            {text.toAssignments}
          </Anchor>
        </Section>
        <Section
          name="properties"
          title={text.properties}
          readOnly={readOnly}
          fields={
            <TextInput
              label={text.name}
              value={form.name}
              error={section.problem?.of('name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          }
        />
      </Accordion>
      <Paper withBorder p="md">
        <StatusChoice form={form} set={set} mode={mode} state={application.state} maySwitch={mayRun} />
      </Paper>
      <SaveBar
        dirty={dirty}
        mayNot={!mayRun}
        pending={save.isPending}
        error={save.error}
        onSave={onSave}
        onDiscard={onDiscard}
      />
      {readOnly ? null : <DeleteApplication slug={application.slug} name={application.name} />}
    </Stack>
  );
}
