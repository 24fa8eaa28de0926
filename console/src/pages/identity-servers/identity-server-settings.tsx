import { useQuery } from '@tanstack/react-query';
import { identityServerQuery } from '../../api/queries.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { identityServerRoute } from './identity-server-route.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Everything that can be set of one identity server. */
export function IdentityServerSettings() {
  const { server } = identityServerRoute.useParams();
  const text = useText().identityServers.settings;
  const query = useQuery(identityServerQuery(server));
  return (
    <Page title={text.title}>
      <QueryView query={query} rows={10}>
        {(view) => <SettingsForm key={view.id} view={view} />}
      </QueryView>
    </Page>
  );
}
