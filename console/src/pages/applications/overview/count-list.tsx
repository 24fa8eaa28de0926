import { Group, Text } from '@mantine/core';
import type { CycleCountsView } from '@rollcall/server/contract';
import { useLanguage } from '../../../language/use-text.ts';

const SHOWN = [
  'created',
  'updated',
  'adopted',
  'disabled',
  'deleted',
  'staged',
  'failed',
  'membersAdded',
  'membersRemoved',
  'skipped',
] as const;

/** What a cycle has done, without what it has not. */
export function CountList({ counts }: { readonly counts: CycleCountsView }) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  const shown = SHOWN.filter((name) => counts[name] > 0);
  if (shown.length === 0) return null;
  return (
    <Group gap="4px var(--mantine-spacing-lg)">
      {shown.map((name) => (
        <Text key={name} size="sm" className="numeric" {...(name === 'failed' ? { c: 'red' } : {})}>
          {text[name]}: <b>{counts[name].toLocaleString(code)}</b>
        </Text>
      ))}
    </Group>
  );
}
