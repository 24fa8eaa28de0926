import { Table } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';
import { quirksRoute } from './routes.tsx';

/** What each name in the request log of something straightened means. */
export function Quirks() {
  const text = useText().requestLog;
  const { server } = quirksRoute.useParams();
  return (
    <Page
      title={text.quirksTitle}
      description={text.quirksDescription}
      crumbs={[{ label: text.title, to: `/identity-servers/${server}/log` }]}
    >
      <Table aria-label={text.quirksTitle} layout="fixed">
        <Table.Tbody>
          {Object.entries(text.quirkMeanings).map(([quirk, meaning]) => (
            <Table.Tr key={quirk} id={quirk}>
              <Table.Th scope="row" w="34%" className="breakable" style={{ verticalAlign: 'top' }}>
                {quirk}
              </Table.Th>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Page>
  );
}
