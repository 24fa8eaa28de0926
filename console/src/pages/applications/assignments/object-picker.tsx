import { Button, Drawer, Grid, Group, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ResourceKind } from '../../../api/directory.ts';
import { useWindowedList } from '../../../api/windowed/use-windowed-list.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useText } from '../../../language/use-text.ts';
import { CandidateTable } from './candidate-table.tsx';
import {
  type Candidate,
  type CandidateCursor,
  type CandidatePage,
  type CandidateSource,
  firstCursor,
  readCandidates,
} from './candidates.ts';
import { Selection } from './selection.tsx';

const PAUSE = 250;

interface Props {
  readonly opened: boolean;
  readonly title: string;
  readonly source: CandidateSource;
  readonly selected: readonly Candidate[];
  /** How many may be chosen; with 1 another choice takes the place of the last. */
  readonly most?: number;
  onSelect(selected: readonly Candidate[]): void;
  onClose(): void;
}

/** A panel to choose users and groups in, as Entra has one. */
export function ObjectPicker({ opened, title, onClose, ...rest }: Props) {
  const { close } = useText().general;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size={860}
      closeButtonProps={{ 'aria-label': close }}
    >
      <Picker {...rest} onClose={onClose} />
    </Drawer>
  );
}

type Shown = 'all' | ResourceKind;

const rowsOf = ({ candidates }: CandidatePage): readonly Candidate[] => candidates;

function Picker({
  source,
  selected,
  most = Number.POSITIVE_INFINITY,
  onSelect,
  onClose,
}: Omit<Props, 'opened' | 'title'>) {
  const { applications, general } = useText();
  const text = applications.assignments;
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, PAUSE);
  const [shown, setShown] = useState<Shown>('all');
  const [chosen, setChosen] = useState(selected);
  const types = source.kind === 'directory' ? source.types : [];
  const narrowed: CandidateSource =
    source.kind === 'directory' && shown !== 'all' ? { ...source, types: [shown] } : source;
  const { list: found, table } = useWindowedList<CandidatePage, Candidate, CandidateCursor>({
    queryKey: ['directory', source.server, 'candidates', narrowed, search.trim()],
    first: firstCursor(narrowed),
    read: (cursor, signal) => readCandidates(narrowed, search, cursor, signal),
    rowsOf,
    nextOf: ({ next }) => next,
  });
  const isByBeginning = found.data?.pages.some(({ match }) => match === 'beginning') === true && search.trim() !== '';
  const toggle = (candidate: Candidate) => {
    const others = chosen.filter(({ id }) => id !== candidate.id);
    if (others.length < chosen.length) setChosen(others);
    else setChosen(most === 1 ? [candidate] : [...chosen, candidate].slice(0, most));
  };
  const list = (
    <Stack gap="xs">
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {isByBeginning ? (
        <Text size="sm" c="dimmed" role="status">
          {text.byBeginning}
        </Text>
      ) : null}
      <CandidateTable table={table} chosen={chosen} isFailed={found.isError} onToggle={toggle} />
    </Stack>
  );
  return (
    <Stack>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, sm: 8 }}>
          <Stack gap="sm">
            <TextInput
              label={general.search}
              placeholder={text.search}
              type="search"
              autoComplete="off"
              data-autofocus
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {types.length < 2 ? (
              list
            ) : (
              <Tabs value={shown} onChange={(value) => setShown(value === 'User' || value === 'Group' ? value : 'all')}>
                <Tabs.List>
                  <Tabs.Tab value="all">{text.all}</Tabs.Tab>
                  <Tabs.Tab value="User">{general.users}</Tabs.Tab>
                  <Tabs.Tab value="Group">{general.groups}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value={shown} pt="sm">
                  {list}
                </Tabs.Panel>
              </Tabs>
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <Selection chosen={chosen} onRemove={toggle} onReset={() => setChosen([])} />
        </Grid.Col>
      </Grid>
      <Group pos="sticky" bottom={0} py="sm" bg="var(--mantine-color-body)">
        <Button
          disabled={chosen.length === 0 && selected.length === 0}
          onClick={() => {
            onSelect(chosen);
            onClose();
          }}
        >
          {text.select}
        </Button>
        <Button variant="default" onClick={onClose}>
          {general.cancel}
        </Button>
        {/* On a narrow screen the list of them is far below. */}
        <Text size="sm" hiddenFrom="sm" aria-hidden>
          {text.chosen(chosen.length)}
        </Text>
      </Group>
    </Stack>
  );
}
