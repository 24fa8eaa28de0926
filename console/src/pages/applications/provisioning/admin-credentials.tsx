import { NativeSelect, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useText } from '../../../language/use-text.ts';
import { keepsSecret } from './provisioning-changes.ts';
import type { Method, ProvisioningForm } from './provisioning-form.ts';
import { problemAt, type SectionProps } from './section-props.ts';

const METHODS: readonly Method[] = ['token', 'basic', 'clientCredentials', 'none'];
const LAST_DAY = '9999-12-31';

interface Props extends SectionProps {
  readonly saved: ProvisioningForm;
  readonly hasSecret: boolean;
  /** Said of the Tenant URL before the API is asked. */
  readonly urlMissing: boolean;
}

/** How the application is reached, and how Rollcall signs in there. */
export function AdminCredentials({ form, saved, hasSecret, urlMissing, problem, set }: Props) {
  const text = useText().applications.provisioning;
  const { method } = form;
  const isKept = keepsSecret(form, saved);
  return (
    <Stack gap="sm">
      <NativeSelect
        label={text.method}
        data={METHODS.map((value) => ({ value, label: text.methodOf[value] }))}
        value={method}
        maw={480}
        onChange={({ currentTarget: { value } }) => set({ method: METHODS.find((one) => one === value) ?? 'token' })}
      />
      <TextInput
        label={text.tenantUrl}
        description={text.tenantUrlHelp}
        type="url"
        withAsterisk
        autoComplete="off"
        value={form.baseUrl}
        error={urlMissing ? text.tenantUrlMissing : problemAt(problem, 'connection.baseUrl')}
        onChange={(event) => set({ baseUrl: event.currentTarget.value })}
      />
      <Identity form={form} problem={problem} set={set} />
      {method === 'none' ? null : (
        <PasswordInput
          label={text.secret[method]}
          description={!hasSecret ? undefined : isKept ? text.secretSaved : text.secretMoved}
          autoComplete="new-password"
          value={form.secret}
          error={problemAt(problem, 'connection.secret')}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <NativeSelect
          label={text.dialect}
          description={text.dialectHelp}
          data={(['rfc', 'entra'] as const).map((value) => ({ value, label: text.dialectOf[value] }))}
          value={form.dialect}
          onChange={({ currentTarget: { value } }) => set({ dialect: value === 'entra' ? 'entra' : 'rfc' })}
        />
        {method === 'none' ? null : (
          <TextInput
            type="date"
            label={text.expires}
            description={text.expiresHelp}
            max={LAST_DAY}
            value={form.expires}
            error={problemAt(problem, 'connection.expiresAt')}
            onChange={(event) => set({ expires: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
    </Stack>
  );
}

/** Who Rollcall is for the application, beside the secret. */
function Identity({ form, problem, set }: Pick<SectionProps, 'form' | 'problem' | 'set'>) {
  const text = useText().applications.provisioning;
  if (form.method === 'basic') {
    return (
      <TextInput
        label={text.userName}
        autoComplete="off"
        withAsterisk
        value={form.userName}
        error={problemAt(problem, 'connection.credentials.userName')}
        onChange={(event) => set({ userName: event.currentTarget.value })}
      />
    );
  }
  if (form.method !== 'clientCredentials') return null;
  return (
    <>
      <TextInput
        label={text.tokenUrl}
        type="url"
        withAsterisk
        autoComplete="off"
        value={form.tokenUrl}
        error={problemAt(problem, 'connection.credentials.tokenUrl')}
        onChange={(event) => set({ tokenUrl: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={text.clientId}
          autoComplete="off"
          withAsterisk
          value={form.clientId}
          error={problemAt(problem, 'connection.credentials.clientId')}
          onChange={(event) => set({ clientId: event.currentTarget.value })}
        />
        <TextInput
          label={text.oauthScope}
          placeholder={text.optional}
          autoComplete="off"
          value={form.oauthScope}
          error={problemAt(problem, 'connection.credentials.scope')}
          onChange={(event) => set({ oauthScope: event.currentTarget.value })}
        />
      </SimpleGrid>
    </>
  );
}
