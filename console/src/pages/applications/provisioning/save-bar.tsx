import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { asProblem } from '../../../api/problem.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import classes from './save-bar.module.css';
import { isAtFields } from './section-props.ts';

interface Props {
  readonly dirty: boolean;
  readonly mayNot: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  onSave(): void;
  onDiscard(): void;
}

/** Save and Discard, in sight wherever the page is scrolled to, with what the API did not take. */
export function SaveBar({ dirty, mayNot, pending, error, onSave, onDiscard }: Props) {
  const { applications, general: text } = useText();
  return (
    <Paper withBorder p="sm" shadow="sm" className={classes.bar}>
      <Stack gap="sm">
        {error !== null && error !== undefined && isAtFields(asProblem(error)) ? (
          <Alert color="red" variant="light" role="alert" title={text.problem}>
            {applications.provisioning.atFields}
          </Alert>
        ) : (
          <ProblemNotice error={error} />
        )}
        <Group gap="sm">
          {mayNot ? (
            <ReasonedButton reason={text.mayNot}>{text.save}</ReasonedButton>
          ) : (
            <Button onClick={onSave} loading={pending} disabled={!dirty}>
              {text.save}
            </Button>
          )}
          <Button variant="default" onClick={onDiscard} disabled={!dirty || pending}>
            {text.discard}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {dirty ? text.unsaved : ''}
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}
