import type { IdentityServerView } from '@rollcall/server/contract';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';

/** Whether an identity server answers, and whether it is the default one. */
export function ServerBadges({ server }: { readonly server: IdentityServerView }) {
  const text = useText().identityServers;
  if (server.removing) return <StatusBadge tone="warning">{text.beingRemoved}</StatusBadge>;
  return (
    <>
      {server.active ? (
        <StatusBadge tone="good">{text.active}</StatusBadge>
      ) : (
        <StatusBadge tone="warning">{text.inactive}</StatusBadge>
      )}
      {server.default ? <StatusBadge tone="quiet">{text.default}</StatusBadge> : null}
    </>
  );
}
