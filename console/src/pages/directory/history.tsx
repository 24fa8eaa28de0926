import { Anchor, Button, Text, Timeline } from '@mantine/core';
import type { HistoryView } from '@rollcall/server/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ENTERPRISE, type HistoryChange, type ResourceKind, resourcePath } from '../../api/directory.ts';
import { get } from '../../api/request.ts';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { useText } from '../../language/use-text.ts';
import { Section } from './section.tsx';

const PAGE = 20;

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly id: string;
}

/** What happened to a user or a group, newest first. */
export function History({ server, kind, id }: Props) {
  const all = useText();
  const text = all.directory;
  const history = useInfiniteQuery({
    queryKey: ['identity-servers', server, 'resources', kind, id, 'history'],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === 0 ? undefined : pageParam;
      return get<HistoryView>(`${resourcePath(server, kind, id)}/history`, { before, limit: PAGE }, signal);
    },
    getNextPageParam: ({ next }: HistoryView) => next,
  });
  const changes = history.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <Section title={text.history}>
      <ProblemNotice error={history.error} retry={() => void history.refetch()} />
      {history.isSuccess && changes.length === 0 ? <Text size="sm">{text.noHistory}</Text> : null}
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {changes.map((change) => (
          <Timeline.Item key={change.n} title={titleOf(change, id, text)} styles={{ itemTitle: { fontSize: 14 } }}>
            {change.group === undefined ? null : (
              <div>
                <Anchor
                  component={Link}
                  to={`/identity-servers/${server}/groups/${change.group.id}`}
                  size="sm"
                  underline="always"
                >
                  {change.group.label}
                </Anchor>
              </div>
            )}
            {change.kind === 'created' || change.attributes === undefined || change.attributes.length === 0 ? null : (
              <Text size="sm" className="breakable">
                {change.attributes.map((name) => (name === ENTERPRISE ? text.enterprise : shortName(name))).join(', ')}
              </Text>
            )}
            <Moment date={change.date} />
          </Timeline.Item>
        ))}
      </Timeline>
      {history.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {all.general.more}
        </Button>
      ) : null}
    </Section>
  );
}

const shortName = (name: string): string => name.replace(`${ENTERPRISE}:`, '');

function titleOf(change: HistoryChange, id: string, text: Catalogue['directory']): string {
  const { kind, group, membersAdded = [], membersRemoved = [] } = change;
  if (group !== undefined && group.id !== id) return membersRemoved.includes(id) ? text.leftGroup : text.joinedGroup;
  if (kind === 'members') return text.membersChanged(membersAdded.length, membersRemoved.length);
  return text.changeKind[kind];
}
