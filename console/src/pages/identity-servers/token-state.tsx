import { Stack, Text } from '@mantine/core';
import type { TokenView } from '@rollcall/server/contract';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { daysLeft, isUsedThoughReplaced } from './token-request.ts';

interface Props {
  readonly token: TokenView;
  readonly successor: TokenView | undefined;
}

/** Whether a token works, or whether another has taken its place. */
export function TokenState({ token, successor }: Props) {
  const text = useText().identityServers.tokens;
  if (token.state !== 'active') {
    return (
      <Stack gap={2} align="flex-start">
        <StatusBadge tone="quiet">{text.stateName[token.state]}</StatusBadge>
        {token.revokedAt === null ? null : <Moment date={token.revokedAt} />}
      </Stack>
    );
  }
  if (token.replacedBy !== null) {
    const isUsed = isUsedThoughReplaced(token, successor?.createdAt);
    return (
      <Stack gap={2} align="flex-start">
        <StatusBadge tone={isUsed ? 'warning' : 'quiet'}>{isUsed ? text.replacedUsed : text.replaced}</StatusBadge>
        <Text size="xs" c="dimmed" maw={200}>
          {text.replacedAdvice}
        </Text>
      </Stack>
    );
  }
  return <StatusBadge tone="good">{text.stateName.active}</StatusBadge>;
}

/** When a token expires, with a warning while there is still time to rotate it. */
export function TokenExpiry({ token }: { readonly token: TokenView }) {
  const text = useText().identityServers.tokens;
  const left = daysLeft(token, Date.now());
  return (
    <Stack gap={2} align="flex-start">
      <Moment date={token.state === 'revoked' ? null : token.expiresAt} />
      {left === undefined ? null : (
        <>
          <StatusBadge tone="warning">{text.expiresSoon(left)}</StatusBadge>
          <Text size="xs" c="dimmed" maw={200}>
            {text.expiresSoonAdvice}
          </Text>
        </>
      )}
    </Stack>
  );
}
