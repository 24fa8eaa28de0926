import { Anchor, Text } from '@mantine/core';
import type { StatusView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { installationQuery } from '../../api/installation.ts';
import { apiQuery } from '../../api/queries.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { Facts } from './facts.tsx';

/** Which Rollcall this is, and where it keeps what it has. */
export function About() {
  const { settings: all, general } = useText();
  const text = all.about;
  const installation = useQuery(installationQuery());
  const status = useQuery(apiQuery<StatusView>(['status'])).data;
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={installation} rows={7}>
        {({ version, node, publicUrl, listen, data, targets }) => (
          <Facts
            facts={[
              { name: text.version, value: version },
              ...(status === undefined
                ? []
                : [
                    { name: text.installation, value: status.installation },
                    { name: text.startedAt, value: <Moment date={status.startedAt} /> },
                  ]),
              { name: text.publicUrl, value: publicUrl, setBy: 'ROLLCALL_PUBLIC_URL' },
              { name: text.listen, value: listen, setBy: 'ROLLCALL_LISTEN' },
              { name: text.data, value: data, setBy: 'ROLLCALL_DATA' },
              { name: text.targets, value: text.targetsOf[targets], setBy: 'ROLLCALL_TARGETS' },
              { name: 'Node.js', value: node },
              { name: text.licence, value: 'Apache-2.0' },
            ]}
          />
        )}
      </QueryView>
      <Text>
        <Anchor href="/api/docs">{general.apiReference}</Anchor>
        {' · '}
        <Anchor href="/api/openapi.json">OpenAPI 3.1</Anchor>
      </Text>
    </Page>
  );
}
