import type { IdentityServerView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { identityServerQuery } from '../../api/queries.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { identityServerRoute } from './identity-server-route.tsx';

interface Props {
  readonly title: string;
  readonly description?: string;
  /** Whether it stands below the page that lists the guides. */
  readonly below?: boolean;
  children(view: IdentityServerView): ReactNode;
}

/** A page that leads somebody through the console of an identity provider. */
export function ConnectPage({ title, description, below = false, children }: Props) {
  const { server } = identityServerRoute.useParams();
  const text = useText().identityServers.connect;
  const query = useQuery(identityServerQuery(server));
  const crumbs = below ? [{ label: text.title, to: `/identity-servers/${server}/connect` }] : [];
  return (
    <Page title={title} crumbs={crumbs} {...(description === undefined ? {} : { description })}>
      <QueryView query={query} rows={6}>
        {children}
      </QueryView>
    </Page>
  );
}
