import { Stack, Text } from '@mantine/core';
import type { DriftListView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { applicationQuery } from '../../../api/queries.ts';
import { Moment } from '../../../components/moment.tsx';
import { useText } from '../../../language/use-text.ts';

/** The comparison that runs or the last one, what it found, and when the next one is. */
export function DriftPass({ list, slug }: { readonly list: DriftListView; readonly slug: string }) {
  const { results: text, fromServer } = useText();
  const settings = useQuery(applicationQuery(slug)).data?.settings.drift;
  const { pass, objects, total } = list;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600} role="status">
        {text.driftCount(objects, total)}
      </Text>
      <Text size="sm">
        {pass.running ? text.comparing : text.lastCompared}{' '}
        <Moment date={pass.running ? pass.beganAt : pass.endedAt} otherwise={text.never} />
        {pass.beganAt === null ? '' : ` · ${text.looked(pass.looked)}`}
        {pass.failed === 0 ? '' : ` · ${text.couldNotRead(pass.failed)}`}
      </Text>
      {pass.error === null ? null : (
        <Text size="sm" c="var(--mantine-color-error)" className="breakable">
          {text.endedEarly} {fromServer.say(pass.error)}
        </Text>
      )}
      {settings === undefined ? null : (
        <Text size="sm" c="dimmed">
          {settings.every === null ? text.comparedWhenAsked : text.comparedEvery(Math.round(settings.every / 3600))}
        </Text>
      )}
    </Stack>
  );
}
