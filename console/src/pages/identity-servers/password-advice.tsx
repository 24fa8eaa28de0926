import { Anchor, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { CopyField } from '../../components/copy-field.tsx';
import { useText } from '../../language/use-text.ts';

/** For Basic: the user name to paste, and where the password is made. */
export function PasswordAdvice({ view }: { readonly view: IdentityServerView }) {
  const text = useText().identityServers.connect.basic;
  return (
    <>
      {view.userName === null ? null : <CopyField label={text.user} value={view.userName} />}
      <Text size="sm">
        {text.advice}{' '}
        <Anchor component={Link} to={`/identity-servers/${view.slug}`} size="sm" underline="always">
          {text.link}
        </Anchor>
      </Text>
    </>
  );
}
