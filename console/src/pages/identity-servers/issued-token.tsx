import { Text } from '@mantine/core';
import type { IssuedTokenView } from '@rollcall/server/contract';
import { CopyField } from '../../components/copy-field.tsx';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../language/use-text.ts';
import { SecretDialog } from './secret-dialog.tsx';

interface Props {
  readonly issued: IssuedTokenView;
  onDone(): void;
}

/** The one time that a token is shown. */
export function IssuedToken({ issued, onDone }: Props) {
  const { issued: text } = useText().identityServers.tokens;
  return (
    <SecretDialog opened title={text.title} once={text.once} done={text.done} onDone={onDone}>
      <CopyField label={text.token} value={issued.token} />
      <Text size="sm">{text.next}</Text>
      <Text size="sm" component="div">
        {text.until} <Moment date={issued.expiresAt} exact />.
        {issued.replaces === undefined ? null : (
          <>
            {' '}
            {text.replaces} <Moment date={issued.replaces.expiresAt} exact />.
          </>
        )}
      </Text>
    </SecretDialog>
  );
}
