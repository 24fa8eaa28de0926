import { Code, Drawer, Stack, Table, Text, Title } from '@mantine/core';
import type { AuditEntryView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/queries.ts';
import { Moment } from '../../components/moment.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { changedValues } from './changed-values.ts';
import { subjectName } from './subject-name.ts';

interface Props {
  /** Number of the entry that is open; undefined when none is. */
  readonly n: number | undefined;
  /** The entry, when the list holds it already. */
  readonly loaded: AuditEntryView | undefined;
  onClose(): void;
}

/** One change: who, when, from where, and what was before and after. */
export function AuditEntry({ n, loaded, onClose }: Props) {
  const { settings, general } = useText();
  const text = settings.audit;
  return (
    <Drawer
      opened={n !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={n === undefined ? '' : text.entry(n)}
      closeButtonProps={{ 'aria-label': general.close }}
    >
      {loaded !== undefined ? <Entry entry={loaded} /> : n !== undefined ? <Fetched n={n} /> : null}
    </Drawer>
  );
}

/** An entry that was opened by its address: it may be far down the list. */
function Fetched({ n }: { readonly n: number }) {
  const text = useText().settings.audit;
  const found = useQuery(apiQuery<{ entries: AuditEntryView[] }>(['audit'], { before: n + 1, limit: 1 }));
  return (
    <QueryView query={found}>
      {({ entries: [entry] }) => (entry?.n === n ? <Entry entry={entry} /> : <Text>{text.noSuchEntry}</Text>)}
    </QueryView>
  );
}

function Entry({ entry }: { readonly entry: AuditEntryView }) {
  const text = useText().settings.audit;
  const { date, who, from, action, subject, before, after } = entry;
  const name = subjectName(entry);
  const facts = [
    [text.date, <Moment key="date" date={date} exact />],
    [text.who, text.whoIs(who)],
    [text.from, from ?? text.local],
    [text.action, text.did(action)],
    [text.subject, name === subject ? subject : `${name} (${subject})`],
  ] as const;
  const values = changedValues(before, after);
  // Of what was added there is nothing before, of what was removed nothing after.
  const [hasBefore, hasAfter] = [
    values.some((one) => one.before !== undefined),
    values.some((one) => one.after !== undefined),
  ];
  return (
    <Stack>
      <Table variant="vertical" layout="fixed">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={130}>{name}</Table.Th>
              <Table.Td className="breakable">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Title order={3} size="h5">
        {text.changes}
      </Title>
      {values.length === 0 ? (
        <Text size="sm">{text.noDetails}</Text>
      ) : (
        <ScrollTable
          label={text.changes}
          miw={hasBefore && hasAfter ? 460 : 300}
          layout="fixed"
          verticalSpacing="xs"
          head={
            <>
              <Table.Th>{text.setting}</Table.Th>
              {hasBefore ? <Table.Th>{text.before}</Table.Th> : null}
              {hasAfter ? <Table.Th>{text.after}</Table.Th> : null}
            </>
          }
        >
          {values.map(({ path, before: old, after: now }) => (
            <Table.Tr key={path}>
              <Table.Td className="breakable">{path}</Table.Td>
              {hasBefore ? (
                <Table.Td>
                  <Value value={old} />
                </Table.Td>
              ) : null}
              {hasAfter ? (
                <Table.Td>
                  <Value value={now} />
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
    </Stack>
  );
}

const LONGEST = 2000;

function Value({ value }: { readonly value: string | undefined }) {
  if (value === undefined) return <Text size="sm">–</Text>;
  return <Code className="breakable">{value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}</Code>;
}
