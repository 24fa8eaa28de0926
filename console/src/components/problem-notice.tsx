import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useProblem } from '../language/use-problem.ts';
import { useText } from '../language/use-text.ts';

/** What went wrong and what to do next. Nothing when there is no error. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { general: text, fromServer } = useText();
  const problem = useProblem(error);
  if (problem === undefined) return null;
  const unreachable = problem.kind === 'unreachable';
  const title = fromServer.problem[problem.kind] ?? problem.view?.title ?? text.problem;
  return (
    <Alert color="red" variant="light" role="alert" title={unreachable ? text.unreachable : title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="breakable">
          {unreachable ? text.unreachableAdvice : problem.message}
        </Text>
        {problem.view?.problems === undefined ? null : (
          <List size="sm">
            {problem.view.problems.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>
                <b>{field}</b>: {message}
              </List.Item>
            ))}
          </List>
        )}
        {retry === undefined ? null : (
          <Button size="xs" variant="default" onClick={retry}>
            {text.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
