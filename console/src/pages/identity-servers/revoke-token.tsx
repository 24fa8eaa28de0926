import { Text } from '@mantine/core';
import type { TokenView } from '@rollcall/server/contract';
import { useMutation } from '@tanstack/react-query';
import { post } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Moment } from '../../components/moment.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly token: TokenView;
  onRevoked(): void;
  onClose(): void;
}

/** Ends a token at once. */
export function RevokeToken({ token, onRevoked, onClose }: Props) {
  const { identityServers, general } = useText();
  const { revocation: text, revoke } = identityServers.tokens;
  const revocation = useMutation({
    mutationFn: () => post<TokenView>(`/tokens/${encodeURIComponent(token.id)}/revoke`),
    onSuccess: () => {
      notifyDone(text.done(token.name));
      onRevoked();
    },
  });
  return (
    <Confirm
      opened
      title={text.title(token.name)}
      action={revoke}
      pending={revocation.isPending}
      error={revocation.error}
      onConfirm={() => revocation.mutate()}
      onClose={onClose}
    >
      {text.advice}
      <Text size="sm" component="div" mt="sm">
        {text.lastUsed} <Moment date={token.lastUsedAt} otherwise={general.never} />
      </Text>
    </Confirm>
  );
}
