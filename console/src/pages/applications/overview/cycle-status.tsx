import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { Moment } from '../../../components/moment.tsx';
import { useLanguage } from '../../../language/use-text.ts';
import { isWorking } from '../application-queries.ts';
import { CountList } from './count-list.tsx';
import { durationText } from './duration-text.ts';

/** The cycle that runs, or how the last one went. */
export function CycleStatus({ status }: { readonly status: ProvisioningStatusView }) {
  const text = useLanguage().text.applications.job;
  return (
    <Paper withBorder p="md" flex={1} miw={{ base: '100%', sm: 420 }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {text.cycleStatus}
        </Title>
        {status.running === null ? (
          <Rest status={status} />
        ) : (
          <Running running={status.running} key={status.running.cycle} />
        )}
      </Stack>
    </Paper>
  );
}

function Running({ running }: { readonly running: NonNullable<ProvisioningStatusView['running']> }) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  const { kind, phase, progress, counts, perSecond, secondsLeft } = running;
  const percent = progress === null ? null : Math.floor(progress * 100);
  const number = (value: number) => Math.round(value).toLocaleString(code);
  const parts = [
    counts.expected > 0 ? text.seenOf(number(counts.seen), number(counts.expected)) : number(counts.seen),
    text.perSecond(number(perSecond)),
    secondsLeft === null || secondsLeft < 1 ? '' : text.left(durationText(secondsLeft, code)),
  ];
  return (
    <>
      <Text fw={600}>{text.cycleRunning[kind]}</Text>
      <Bar percent={percent} label={text.cycleRunning[kind]} />
      <Text size="sm" className="numeric">
        {parts.filter((part) => part !== '').join(' · ')}
      </Text>
      <Text size="sm">
        {text.phaseLabel}: <b>{Object.entries(text.phase).find(([name]) => name === phase)?.[1] ?? phase}</b>
      </Text>
      <CountList counts={counts} />
    </>
  );
}

function Rest({ status }: { readonly status: ProvisioningStatusView }) {
  const { applications, fromServer } = useLanguage().text;
  const text = applications.job;
  const last = status.lastCycles.find(({ kind }) => kind !== 'onDemand') ?? status.lastCycles[0];
  if (last === undefined) return <Text>{isWorking(status) ? text.cycleAbout : text.cycleNone}</Text>;
  const { kind, state, counts, error } = last;
  const isComplete = state === 'succeeded' || state === 'entryLevelErrors';
  const share = counts.expected > 0 ? Math.min(1, counts.seen / counts.expected) : 0;
  const title =
    state === 'failed'
      ? text.cycleFailed[kind]
      : state === 'interrupted'
        ? text.cycleInterrupted[kind]
        : text.cycleEnded[kind];
  return (
    <>
      <Group gap="xs">
        <Text fw={600}>{title}</Text>
        <Moment date={last.endedAt ?? last.beganAt} />
      </Group>
      <Bar percent={isComplete ? 100 : Math.floor(share * 100)} label={title} failed={!isComplete} />
      {error === null ? null : (
        <Text size="sm" className="breakable">
          {fromServer.say(error)}
        </Text>
      )}
      <CountList counts={counts} />
      <Group gap="xl">
        <Text size="sm">
          {text.nextRun}: <Moment date={status.nextRunAt} />
        </Text>
        <Text size="sm">
          {text.upToDate}: <Moment date={status.steadySince} />
        </Text>
      </Group>
    </>
  );
}

interface BarProps {
  /** Null while nobody knows how much there is. */
  readonly percent: number | null;
  readonly label: string;
  readonly failed?: boolean;
}

function Bar({ percent, label, failed = false }: BarProps) {
  const text = useLanguage().text.applications.job;
  return (
    <Stack gap={4}>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent ?? 100}
          striped={percent === null}
          animated={percent === null}
          color={failed ? 'red' : 'teal'}
          aria-label={label}
        />
      </Progress.Root>
      {percent === null ? null : (
        <Text size="sm" className="numeric">
          {text.percentComplete(percent)}
        </Text>
      )}
    </Stack>
  );
}
