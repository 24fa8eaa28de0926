import { Outlet } from '@tanstack/react-router';
import { PageTabs } from '../../components/tabs.tsx';
import { useText } from '../../language/use-text.ts';
import { identityServerRoute } from './identity-server-route.tsx';

/** Above the pages of one identity server. */
export function IdentityServerFrame() {
  const { server } = identityServerRoute.useParams();
  const text = useText();
  const base = `/identity-servers/${server}`;
  return (
    <>
      <PageTabs
        label={server}
        tabs={[
          { to: base, label: text.general.settings },
          { to: `${base}/users`, label: text.general.users },
          { to: `${base}/groups`, label: text.general.groups },
          { to: `${base}/log`, label: text.requestLog.title },
        ]}
      />
      <Outlet />
    </>
  );
}
