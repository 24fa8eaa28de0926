import { Autocomplete, Box, Code, Group, Loader, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { TriedExpressionView } from '@rollcall/server/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { nameFilter } from '../../api/name-search.ts';
import { apiQuery, applicationQuery } from '../../api/queries.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import type { Side } from './draft.ts';
import { placeOf } from './expression-problem.ts';

interface Props {
  readonly slug: string;
  readonly side: Side;
  readonly expression: string;
  readonly isReadable: boolean;
}

interface Found {
  readonly Resources?: readonly { readonly userName?: string; readonly displayName?: string }[];
}

const PAUSE = 350;
// Whoever was chosen last is tried with in the next row too.
const chosen: Record<Side, string> = { users: '', groups: '' };

/** The expression's value for somebody of the directory, while it is being written. */
export function ExpressionTrial({ slug, side, expression, isReadable }: Props) {
  const all = useText();
  const text = all.mappings;
  const [name, setName] = useState(chosen[side]);
  const [settled] = useDebouncedValue(name.trim(), PAUSE);
  const [written] = useDebouncedValue(expression, PAUSE);
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const directory = useQuery(applicationQuery(slug)).data?.directory ?? '';
  const kind = side === 'users' ? 'User' : 'Group';
  const naming = side === 'users' ? 'userName' : 'displayName';
  const suggestions = useQuery({
    ...apiQuery<Found>(['identity-servers', directory, 'resources', kind], {
      filter: settled === '' ? undefined : nameFilter(kind, settled, 'beginning'),
      attributes: naming,
      count: 20,
    }),
    enabled: directory !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const object = `${side === 'users' ? 'user' : 'group'}:${settled}`;
  const trial = useQuery({
    queryKey: ['applications', slug, 'expression', written, object],
    queryFn: () => post<TriedExpressionView>(`/applications/${slug}/expression`, { expression: written, object }),
    enabled: isAllowed && isReadable && written.trim() !== '' && settled !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const names = (suggestions.data?.Resources ?? []).flatMap((resource) => resource[naming] ?? []);
  return (
    <Group align="flex-start" gap="md">
      <Autocomplete
        label={text.tryWith}
        placeholder={side === 'users' ? text.tryWithUser : text.tryWithGroup}
        w={{ base: '100%', sm: 250 }}
        data={[...new Set(names)]}
        filter={({ options }) => options}
        disabled={!isAllowed}
        value={name}
        onChange={(next) => {
          chosen[side] = next;
          setName(next);
        }}
      />
      <Box flex={1} miw={200} aria-live="polite" pt={{ base: 0, sm: 2 }}>
        <Text size="sm" fw={500}>
          {text.result} {trial.isFetching ? <Loader size={12} aria-hidden /> : null}
        </Text>
        {!isAllowed || settled === '' || !isReadable || expression.trim() === '' ? (
          <Text size="sm" c="dimmed">
            {isAllowed ? (settled === '' ? text.resultWaitsForObject : text.resultWaits) : all.general.mayNot}
          </Text>
        ) : (
          <Result tried={trial.data} error={trial.error} expression={written} />
        )}
      </Box>
    </Group>
  );
}

interface ResultProps {
  readonly tried: TriedExpressionView | undefined;
  readonly error: unknown;
  readonly expression: string;
}

function Result({ tried, error, expression }: ResultProps) {
  const text = useText().mappings;
  const problem = useProblem(error);
  if (problem !== undefined) return <Failure message={problem.message} />;
  if (tried === undefined) return <Text size="sm">…</Text>;
  if (tried.error !== null) {
    const { line, column } = placeOf(expression, tried.error.position);
    return <Failure message={text.problemAt(line, column, tried.error.message)} />;
  }
  if (tried.value === null) {
    return (
      <Text size="sm" c="dimmed">
        {text.noValue}
      </Text>
    );
  }
  return (
    <Code block fz="sm" className="breakable" style={{ whiteSpace: 'pre-wrap' }}>
      {typeof tried.value === 'string' ? tried.value : JSON.stringify(tried.value)}
    </Code>
  );
}

const Failure = ({ message }: { readonly message: string }) => (
  <Text size="sm" c="var(--mantine-color-error)" className="breakable">
    {message}
  </Text>
);
