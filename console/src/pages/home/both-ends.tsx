import { Anchor, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OverviewApplication, OverviewServer } from '../../api/overview.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useLanguage } from '../../language/use-text.ts';
import { Arrow } from './arrow.tsx';
import classes from './both-ends.module.css';
import { linesOf, stateOf } from './ends.ts';
import { ServerCard } from './server-card.tsx';

interface Props {
  readonly identityServers: readonly OverviewServer[];
  readonly applications: readonly OverviewApplication[];
}

/**
 * Both ends in one picture: identity servers at the left, and an arrow from each directory to the applications that it
 * is provisioned into. Read aloud, it is a list of identity servers with a list of applications in each.
 */
export function BothEnds({ identityServers, applications }: Props) {
  const { home: text } = useLanguage().text;
  const { directories, others } = linesOf(identityServers, applications);
  return (
    <section aria-labelledby="both-ends">
      <Stack gap="xs">
        <Title order={2} size="h4" id="both-ends">
          {text.bothEnds}
        </Title>
        <Paper withBorder p="md">
          <ul className={classes.lines}>
            {directories.map(({ server, applications: provisioned }) => (
              <li key={server.slug} className={classes.line}>
                <ServerCard server={server} />
                <ul className={classes.applications} aria-label={text.provisionedFrom(server.name)}>
                  {provisioned.map((application) => (
                    <ApplicationEnd key={application.slug} application={application} />
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          {others.length === 0 ? null : (
            <>
              <Text size="sm" my="sm">
                {text.noDirectory}
              </Text>
              <ul className={classes.others} aria-label={text.noDirectory}>
                {others.map((server) => (
                  <li key={server.slug} className={classes.other}>
                    <ServerCard server={server} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Paper>
      </Stack>
    </section>
  );
}

function ApplicationEnd({ application }: { readonly application: OverviewApplication }) {
  const { code, text: all } = useLanguage();
  const text = all.home;
  const { slug, name, links, progress, failing, staged, drift } = application;
  const { word, tone } = stateOf(application);
  const notes = [
    ...(progress === null ? [] : [progress.toLocaleString(code, { style: 'percent' })]),
    ...(failing > 0 ? [text.failing(failing)] : []),
    ...(staged > 0 ? [text.staged(staged)] : []),
    ...(drift > 0 ? [text.drifted(drift)] : []),
  ];
  return (
    <li className={classes.application}>
      <Arrow tone={tone} />
      <div className={classes.card}>
        <Group justify="space-between" gap="xs">
          <Anchor component={Link} to={`/applications/${slug}`} fw={600} className="breakable">
            {name}
          </Anchor>
          <StatusBadge tone={tone}>{text.state[word]}</StatusBadge>
        </Group>
        {progress === null ? null : (
          <Progress.Root size="sm" mt={6}>
            <Progress.Section
              value={progress * 100}
              aria-label={text.progressOf(name)}
              aria-valuetext={progress.toLocaleString(code, { style: 'percent' })}
            />
          </Progress.Root>
        )}
        <Text size="sm" c="dimmed">
          {text.holds(links.users, links.groups)}
        </Text>
        {notes.length === 0 ? null : <Text size="sm">{notes.join(' · ')}</Text>}
      </div>
    </li>
  );
}
