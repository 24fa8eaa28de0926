import type { MappingsView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/queries.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { mappingsRoute } from './routes.tsx';

/** Which attribute of the target gets what, and who is provisioned by which scoping filters. */
export function Mappings() {
  const text = useText().mappings;
  const { application } = mappingsRoute.useParams();
  const { type: side = 'users' } = mappingsRoute.useSearch();
  const saved = useQuery(apiQuery<MappingsView>(['applications', application, 'mappings']));
  if (saved.data !== undefined) return <MappingEditor slug={application} saved={saved.data} side={side} />;
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={saved} rows={10}>
        {() => null}
      </QueryView>
    </Page>
  );
}
