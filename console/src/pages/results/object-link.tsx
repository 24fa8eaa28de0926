import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applicationQuery } from '../../api/queries.ts';

interface Props {
  /** Of the application. */
  readonly slug: string;
  readonly type: 'User' | 'Group';
  readonly id: string;
  readonly label: string;
}

/** A person or a group, with the way to their page in the directory. */
export function ObjectLink({ slug, type, id, label }: Props) {
  const directory = useQuery(applicationQuery(slug)).data?.directory;
  if (directory === undefined) return <>{label}</>;
  const page = type === 'User' ? 'users' : 'groups';
  return (
    <Anchor component={Link} to={`/identity-servers/${directory}/${page}/${encodeURIComponent(id)}`} size="sm">
      {label}
    </Anchor>
  );
}
