import { Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import type { PartProps } from './part.ts';

const ACTIONS = ['create', 'update', 'delete'] as const;

/** Whether objects of this type are provisioned at all, and what may be done with them. */
export function ObjectActions({ side, mapping, isEditable, onChange }: PartProps) {
  const text = useText().mappings;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {text.actions}
      </Title>
      <Paper withBorder p="md">
        <Group gap="xl" align="flex-start">
          <Switch
            label={text.enabled[side]}
            checked={mapping.enabled}
            disabled={!isEditable}
            onChange={(event) => onChange({ ...mapping, enabled: event.currentTarget.checked })}
          />
          {ACTIONS.map((action) => (
            <Switch
              key={action}
              label={text.action[action]}
              checked={mapping[action]}
              disabled={!isEditable || !mapping.enabled}
              onChange={(event) => onChange({ ...mapping, [action]: event.currentTarget.checked })}
            />
          ))}
        </Group>
        <Text size="sm" c="dimmed" mt="xs">
          {text.deleteMeans}
        </Text>
      </Paper>
    </Stack>
  );
}
