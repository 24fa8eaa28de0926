import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import { matchingOrder, movedMatching, type Row } from './draft.ts';

interface Props {
  readonly rows: readonly Row[];
  readonly isEditable: boolean;
  onChange(rows: Row[]): void;
}

/** By which attributes objects are found in the target, first to last. Nothing to order with fewer than two. */
export function MatchingOrder({ rows, isEditable, onChange }: Props) {
  const text = useText().mappings;
  const order = matchingOrder(rows);
  if (order.length < 2) return null;
  return (
    <Stack gap={4} mt="xs">
      <Title order={3} size="h5">
        {text.matchingOrder}
      </Title>
      <Text size="sm" c="dimmed">
        {text.matchingOrderAdvice}
      </Text>
      <List type="ordered" size="sm" spacing={2}>
        {order.map((index, place) => {
          const target = rows[index]?.target ?? '';
          return (
            <List.Item key={target}>
              <Group gap="xs">
                <Text size="sm">{target}</Text>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={!isEditable || place === 0}
                  aria-label={text.earlierOf(target)}
                  onClick={() => onChange(movedMatching(rows, index, -1))}
                >
                  {text.earlier}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={!isEditable || place === order.length - 1}
                  aria-label={text.laterOf(target)}
                  onClick={() => onChange(movedMatching(rows, index, 1))}
                >
                  {text.later}
                </Button>
              </Group>
            </List.Item>
          );
        })}
      </List>
    </Stack>
  );
}
