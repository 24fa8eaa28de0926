import { Fieldset, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  /** Nothing in it can be changed. */
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Section({ title, description, disabled = false, children }: Props) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {description === undefined ? null : (
        <Text size="sm" c="dimmed" maw={720}>
          {description}
        </Text>
      )}
      <Fieldset className={classes.fields ?? ''} variant="unstyled" disabled={disabled} miw={0} mt="sm">
        <Stack maw={720}>{children}</Stack>
      </Fieldset>
    </Paper>
  );
}
