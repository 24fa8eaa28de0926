import { Anchor, Card, Code, SimpleGrid, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { CopyField } from '../../components/copy-field.tsx';
import { useText } from '../../language/use-text.ts';
import { ConnectNotices } from './connect-notices.tsx';
import { ConnectPage } from './connect-page.tsx';
import { CreateToken } from './create-token.tsx';
import { FirstRequest } from './first-request.tsx';
import { PasswordAdvice } from './password-advice.tsx';
import { Step } from './step.tsx';

/** What to give any identity provider, and the guides for those that we know. */
export function Connect() {
  const text = useText().identityServers.connect;
  return (
    <ConnectPage title={text.title} description={text.description}>
      {(view) => (
        <>
          <ConnectNotices view={view} provider={text.address.provider} />
          <Step number={1} title={text.urlTitle}>
            <CopyField label={text.apiUrl} description={text.apiUrlDescription} value={view.scimUrl} />
          </Step>
          <Credentials view={view} />
          <Step number={view.security === 'none' ? 2 : 3} title={text.providerTitle}>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Guide view={view} name="entra" />
              <Guide view={view} name="okta" />
            </SimpleGrid>
            <Text size="sm">
              <b>{text.otherTitle}.</b> {text.other}
            </Text>
            <Text size="sm">{text.tryIt}</Text>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {curlOf(view)}
            </Code>
            <FirstRequest view={view} />
          </Step>
        </>
      )}
    </ConnectPage>
  );
}

/** A command that asks for its users; what is secret is left to whoever runs it. */
function curlOf({ scimUrl, security, userName }: IdentityServerView): string {
  const credentials = { bearer: ' -H "Authorization: Bearer $TOKEN"', basic: ` -u ${userName ?? '$USER'}`, none: '' };
  return `curl${credentials[security]} "${scimUrl}/Users"`;
}

function Credentials({ view }: { readonly view: IdentityServerView }) {
  const text = useText().identityServers.connect;
  if (view.security === 'none') return null;
  if (view.security === 'basic') {
    return (
      <Step number={2} title={text.basic.title}>
        <PasswordAdvice view={view} />
      </Step>
    );
  }
  return (
    <Step number={2} title={text.tokenTitle}>
      <CreateToken view={view} label={text.token.token} name={view.name} />
    </Step>
  );
}

function Guide({ view, name }: { readonly view: IdentityServerView; readonly name: 'entra' | 'okta' }) {
  const text = useText().identityServers.connect;
  return (
    <Card withBorder padding="md">
      <Anchor component={Link} to={`/identity-servers/${view.slug}/connect/${name}`} fw={600}>
        {text[name]}
      </Anchor>
      <Text size="sm">{text[`${name}Advice`]}</Text>
    </Card>
  );
}
