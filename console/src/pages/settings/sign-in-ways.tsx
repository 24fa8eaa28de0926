import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { installationQuery } from '../../api/installation.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { Environment } from './environment.tsx';
import { Facts } from './facts.tsx';

const LINES = [
  'ROLLCALL_OIDC_ISSUER=https://login.microsoftonline.com/TENANT/v2.0',
  'ROLLCALL_OIDC_CLIENT_ID=CLIENT-ID',
  'ROLLCALL_OIDC_CLIENT_SECRET_FILE=/run/secrets/rollcall-oidc',
  'ROLLCALL_OIDC_NAME="Entra ID"',
  'ROLLCALL_OIDC_ROLES="administrator=Rollcall Admins,auditor=*"',
];

/** How people sign in: with passwords, and at an identity provider when there is one. */
export function SignInWays() {
  const all = useText().settings;
  const text = all.signIn;
  const installation = useQuery(installationQuery());
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={installation} rows={4}>
        {({ oidc, publicUrl }) => (
          <Stack gap="lg">
            <Stack gap="xs">
              <Title order={2} size="h4">
                {text.passwords}
              </Title>
              <Text>{text.passwordsAdvice}</Text>
            </Stack>
            <Stack gap="xs">
              <Title order={2} size="h4">
                OpenID Connect
              </Title>
              {oidc === null ? (
                <Text>{text.noProvider}</Text>
              ) : (
                <Facts
                  facts={[
                    { name: text.provider, value: oidc.name, setBy: 'ROLLCALL_OIDC_NAME' },
                    { name: text.issuer, value: oidc.issuer, setBy: 'ROLLCALL_OIDC_ISSUER' },
                  ]}
                />
              )}
              <Stack maw={760}>
                <CopyField
                  label={text.redirectUri}
                  value={`${publicUrl}/api/oidc/callback`}
                  description={text.redirectAdvice}
                />
              </Stack>
              {oidc === null ? <Environment lines={LINES} label="OpenID Connect" /> : null}
              <Text size="sm" maw={760}>
                {text.rolesAdvice}
              </Text>
            </Stack>
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}
