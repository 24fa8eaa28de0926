import { List, Stack, Table, Text } from '@mantine/core';
import type { ImportChange, ImportReport } from '@rollcall/server/contract';
import { useMemo } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { Tone } from '../../components/status-badge.tsx';
import { Tag } from '../../components/tag.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { useText } from '../../language/use-text.ts';
import { Section } from './section.tsx';

const TONES: Readonly<Record<ImportChange['action'], Tone>> = {
  create: 'good',
  change: 'busy',
  disable: 'warning',
  delete: 'bad',
};

type Refused = ImportReport['refused'][number];

/** Two changes may look the same; their place tells them apart. */
type NumberedChange = ImportChange & { readonly n: number };

const changeColumns = (all: Catalogue): readonly Column<NumberedChange>[] => [
  {
    name: 'action',
    title: all.directory.action,
    width: '120px',
    cell: ({ action }) => <Tag tone={TONES[action]}>{all.directory.actions[action]}</Tag>,
  },
  {
    name: 'type',
    title: all.general.type,
    width: '100px',
    wide: true,
    cell: ({ type }) => (type === 'User' ? all.general.user : all.general.group),
  },
  { name: 'name', title: all.general.name, width: 'minmax(0, 1fr)', cell: ({ name }) => name },
  {
    name: 'attributes',
    title: all.directory.attributes,
    width: 'minmax(0, 1fr)',
    wide: true,
    cell: ({ attributes }) => attributes.join(', '),
  },
];

const refusedColumns = (text: Catalogue['directory']): readonly Column<Refused>[] => [
  { name: 'line', title: text.line, width: '72px', cell: ({ line }) => <span className="numeric">{line}</span> },
  { name: 'file', title: text.file, width: '130px', wide: true, cell: ({ file }) => file },
  {
    name: 'reason',
    title: text.reason,
    width: 'minmax(0, 1fr)',
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
];

/** As high as the rows are, and at most half the window. */
const heightOf = (rows: number): string => `min(${rows * 40}px, 50dvh)`;

/** What an import did, or would do: whether the guard lets it, counts, refused rows, changes. */
export function ImportReportView({ report }: { readonly report: ImportReport }) {
  const all = useText();
  const text = all.directory;
  const { blocked, warnings, refused, refusedCount, changes, dryRun } = report;
  const forChanges = useMemo(() => changeColumns(all), [all]);
  const forRefused = useMemo(() => refusedColumns(text), [text]);
  const numbered = useMemo(() => changes.map((change, n) => ({ ...change, n })), [changes]);
  return (
    <>
      <div role="status">
        {blocked.length > 0 ? (
          <Notice tone="bad" title={text.blocked}>
            <Lines lines={blocked} />
          </Notice>
        ) : (
          <Notice tone="good" title={dryRun ? text.wouldGoThrough : text.wentThrough}>
            {dryRun ? text.nothingWrittenYet : null}
          </Notice>
        )}
      </div>
      {warnings.length === 0 ? null : (
        <Notice tone="warning" title={text.warnings}>
          <Lines lines={warnings} />
        </Notice>
      )}
      <Section title={dryRun ? text.wouldChange : text.didChange}>
        <Counts report={report} />
      </Section>
      {refusedCount === 0 ? null : (
        <Section title={text.refusedRows(refusedCount)}>
          <VirtualTable
            label={text.refusedRows(refusedCount)}
            columns={forRefused}
            rows={refused}
            keyOf={({ file, line, reason }) => `${file} ${line} ${reason}`}
            height={heightOf(refused.length)}
            empty={null}
          />
          {refusedCount > refused.length ? <Text size="sm">{text.firstOnly(refused.length)}</Text> : null}
        </Section>
      )}
      {changes.length === 0 ? null : (
        <Section title={text.changes}>
          <VirtualTable
            label={text.changes}
            columns={forChanges}
            rows={numbered}
            keyOf={({ n }) => n}
            height={heightOf(changes.length)}
            empty={null}
          />
          {changes.length < 1000 ? null : <Text size="sm">{text.firstOnly(changes.length)}</Text>}
        </Section>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <List size="sm">
      {lines.map((line) => (
        <List.Item key={line} className="breakable">
          {line}
        </List.Item>
      ))}
    </List>
  );
}

function Counts({ report: { users, groups, memberships } }: { readonly report: ImportReport }) {
  const all = useText();
  const text = all.directory;
  const heads = [text.created, text.changedCount, text.disabled, text.deletedCount, text.unchanged];
  const rows = [
    { name: all.general.users, counts: [users.created, users.changed, users.disabled, users.deleted, users.unchanged] },
    { name: all.general.groups, counts: [groups.created, groups.changed, undefined, undefined, groups.unchanged] },
  ];
  return (
    <Stack gap="xs">
      <ScrollTable
        label={text.counts}
        aria-label={text.counts}
        miw={480}
        className="numeric"
        head={
          <>
            <Table.Th>{all.general.type}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head} ta="right">
                {head}
              </Table.Th>
            ))}
          </>
        }
      >
        {rows.map(({ name, counts }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            {counts.map((count, at) => (
              <Table.Td key={heads[at]} ta="right">
                {count === undefined ? '' : count.toLocaleString()}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </ScrollTable>
      <Text size="sm">{text.memberships(memberships.added, memberships.removed)}</Text>
    </Stack>
  );
}
