import { Anchor, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { CopyField } from '../../components/copy-field.tsx';
import { useText } from '../../language/use-text.ts';
import { Section } from './section.tsx';

/** The URL to paste in the identity provider. */
export function ScimApiSection({ view }: { readonly view: IdentityServerView }) {
  const { settings: text, connect } = useText().identityServers;
  const base = `/identity-servers/${view.slug}/connect`;
  return (
    <Section title={text.scimApi}>
      <CopyField label={text.apiUrl} description={text.apiUrlDescription} value={view.scimUrl} />
      {view.defaultScimUrl === undefined ? null : (
        <CopyField label={text.defaultApiUrl} description={text.defaultApiUrlDescription} value={view.defaultScimUrl} />
      )}
      <Text size="sm">
        <Anchor component={Link} to={`${base}/entra`} size="sm" underline="always">
          {connect.entra}
        </Anchor>
        {' · '}
        <Anchor component={Link} to={`${base}/okta`} size="sm" underline="always">
          {connect.okta}
        </Anchor>
      </Text>
    </Section>
  );
}
