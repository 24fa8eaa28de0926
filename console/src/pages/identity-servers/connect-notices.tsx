import { Anchor } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { useText } from '../../language/use-text.ts';
import { AddressWarning } from './address-warning.tsx';
import { Notice } from './notice.tsx';

interface Props {
  readonly view: IdentityServerView;
  readonly provider: string;
  /** Entra ID knows no user name and password. */
  readonly needsBearer?: boolean;
}

/** What of an identity server stands in the way of connecting it, each with the way to change it. */
export function ConnectNotices({ view, provider, needsBearer = false }: Props) {
  const text = useText().identityServers.connect;
  const notices = [
    view.active ? undefined : text.inactive,
    view.security === 'none' ? text.noSecurity : undefined,
    needsBearer && view.security === 'basic' ? text.entraNeedsBearer : undefined,
    view.compatibility === 'strict' ? text.strict : undefined,
  ].filter((notice) => notice !== undefined);
  return (
    <>
      <AddressWarning url={view.scimUrl} provider={provider} />
      {notices.map((notice) => (
        <Notice key={notice}>
          {notice}{' '}
          <Anchor component={Link} to={`/identity-servers/${view.slug}`} size="sm" c="inherit" td="underline">
            {text.toSettings}
          </Anchor>
        </Notice>
      ))}
    </>
  );
}
