import type { LogEntryView } from '@rollcall/server/contract';
import { RowTime } from '../../components/row-time.tsx';
import { toneOfStatus } from '../../components/status-badge.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { shortUrl } from './log-search.ts';

/** The columns of the request log. */
export const logColumns = (text: Catalogue['requestLog']): readonly Column<LogEntryView>[] => [
  { name: 'n', title: text.number, width: '64px', wide: true, cell: ({ n }) => <span className="numeric">{n}</span> },
  { name: 'date', title: text.date, width: '140px', wide: true, cell: ({ date }) => <RowTime date={date} /> },
  { name: 'address', title: text.address, width: '104px', wide: true, cell: ({ address }) => address },
  { name: 'method', title: text.method, width: '72px', cell: ({ method }) => <Tag tone="quiet">{method}</Tag> },
  { name: 'query', title: text.query, width: 'minmax(0, 1fr)', cell: ({ url }) => shortUrl(url) },
  {
    name: 'status',
    title: text.status,
    width: '60px',
    cell: ({ status }) => <Tag tone={toneOfStatus(status)}>{status}</Tag>,
  },
  {
    name: 'duration',
    title: text.duration,
    width: '76px',
    wide: true,
    cell: ({ durationMs }) => <span className="numeric">{text.milliseconds(durationMs)}</span>,
  },
  { name: 'token', title: text.token, width: '100px', wide: true, cell: ({ token }) => token ?? '–' },
  { name: 'quirks', title: text.quirks, width: '64px', wide: true, cell: ({ notes }) => notes.length || '' },
];
