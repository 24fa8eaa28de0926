import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Marked } from './marked.tsx';

interface Props {
  readonly number: number;
  readonly title: string;
  /** Sentences with the words of the other console in bold. */
  readonly text?: readonly string[];
  readonly children?: ReactNode;
}

/** One numbered step of a guide. */
export function Step({ number, title, text = [], children }: Props) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm" maw={760}>
        <Title order={2} size="h4" id={id}>
          {number}. {title}
        </Title>
        {text.map((sentence) => (
          <Text key={sentence} size="sm">
            <Marked text={sentence} />
          </Text>
        ))}
        {children}
      </Stack>
    </Paper>
  );
}
