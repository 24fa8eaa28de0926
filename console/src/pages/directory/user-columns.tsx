import type { Resource } from '../../api/directory.ts';
import { ENTERPRISE } from '../../api/directory.ts';
import { RowTime } from '../../components/row-time.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { enterpriseAt, isActive, textAt } from './read-attribute.ts';

/** What the columns show. */
export const USER_ATTRIBUTES = `userName,displayName,title,active,meta.lastModified,${ENTERPRISE}:department`;

export const userColumns = (text: Catalogue['directory']): readonly Column<Resource>[] => [
  { name: 'userName', title: text.userName, width: 'minmax(0, 3fr)', cell: (user) => textAt(user, 'userName') },
  {
    name: 'displayName',
    title: text.displayName,
    width: 'minmax(0, 3fr)',
    wide: true,
    cell: (user) => textAt(user, 'displayName'),
  },
  { name: 'title', title: text.jobTitle, width: 'minmax(0, 2fr)', wide: true, cell: (user) => textAt(user, 'title') },
  {
    name: 'department',
    title: text.department,
    width: 'minmax(0, 2fr)',
    wide: true,
    cell: (user) => enterpriseAt(user, 'department'),
  },
  {
    name: 'active',
    title: text.state,
    width: '92px',
    cell: (user) => (isActive(user) ? <Tag tone="good">{text.active}</Tag> : <Tag tone="quiet">{text.disabled}</Tag>),
  },
  {
    name: 'changed',
    title: text.changed,
    width: '150px',
    wide: true,
    cell: (user) => <RowTime date={textAt(user, 'meta', 'lastModified') || null} />,
  },
];
