import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Attribute {
  readonly label: string;
  readonly value: ReactNode;
}

/** Names and values; what has no value is left out. */
export function AttributeList({ attributes }: { readonly attributes: readonly Attribute[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, lg: 3 }} spacing="md" verticalSpacing="sm" m={0}>
      {attributes
        .filter(({ value }) => value !== '' && value !== null && value !== undefined)
        .map(({ label, value }) => (
          <Stack key={label} gap={0} miw={0}>
            <Text component="dt" size="xs" fw={600}>
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} className="breakable">
              {value}
            </Text>
          </Stack>
        ))}
    </SimpleGrid>
  );
}
