import { useQuery } from '@tanstack/react-query';
import { applicationQuery } from '../../../api/queries.ts';
import { Page } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { useText } from '../../../language/use-text.ts';
import { applicationRoute } from '../application-route.tsx';
import { ProvisioningEditor } from './provisioning-editor.tsx';

/** The page where an application's provisioning is set up, as people know it from Entra's. */
export function Provisioning() {
  const { application: slug } = applicationRoute.useParams();
  const text = useText().applications.provisioning;
  const application = useQuery(applicationQuery(slug));
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={application} rows={10}>
        {(view) => <ProvisioningEditor key={view.id} application={view} />}
      </QueryView>
    </Page>
  );
}
