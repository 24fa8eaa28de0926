import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../language/use-text.ts';
import { requestLogRoute } from './routes.tsx';

interface Props {
  readonly quirk: string;
  readonly detail: string | undefined;
}

/** What was straightened in a request, with a link to what it means. */
export function QuirkNote({ quirk, detail }: Props) {
  const text = useText().requestLog;
  const { server } = requestLogRoute.useParams();
  const meaning = Object.entries(text.quirkMeanings).find(([name]) => name === quirk)?.[1];
  return (
    <List.Item className="breakable">
      {meaning === undefined ? (
        <b>{quirk}</b>
      ) : (
        <Anchor component={Link} to={`/identity-servers/${server}/quirks`} hash={quirk} size="sm" fw={600}>
          {quirk}
        </Anchor>
      )}
      {detail === undefined ? null : (
        <Text span size="sm" ff="monospace">
          {' '}
          {detail}
        </Text>
      )}
      {meaning === undefined ? null : (
        <Text size="sm" c="dimmed">
          {meaning}
        </Text>
      )}
    </List.Item>
  );
}
