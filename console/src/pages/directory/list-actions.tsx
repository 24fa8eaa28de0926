import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may, sessionQuery } from '../../api/session.ts';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly server: string;
  /** The page that adds one, and what its button says. */
  readonly to: 'users' | 'groups';
  readonly label: string;
}

/** Import and add: what fills a list. */
export function ListActions({ server, to, label }: Props) {
  const all = useText();
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const base = `/identity-servers/${server}`;
  if (!isAllowed) {
    return <ReasonedButton reason={all.general.mayNot}>{label}</ReasonedButton>;
  }
  return (
    <>
      <Button variant="default" component={Link} to={`${base}/import`}>
        {all.directory.import}
      </Button>
      <Button component={Link} to={`${base}/${to}/add`}>
        {label}
      </Button>
    </>
  );
}
