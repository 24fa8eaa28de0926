import { Badge, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import type { CallAround } from './caret.ts';
import { type ExpressionFunction, parameterOf, parameterText } from './functions.ts';

interface Props {
  readonly functions: readonly ExpressionFunction[];
  readonly call: CallAround | undefined;
}

/** What the function at the caret does; the parameter that is being written is emphasised. */
export function FunctionHelp({ functions, call }: Props) {
  const text = useText().mappings;
  const found = functions.find(({ name }) => name === call?.name);
  return (
    <Paper withBorder p="sm" mih={98} role="region" aria-label={text.functionHelp}>
      {found === undefined ? (
        <Text size="sm" c="dimmed">
          {text.functionHelpEmpty}
        </Text>
      ) : (
        <Stack gap={4}>
          <Group gap="xs">
            <Text size="sm" ff="monospace" className="breakable">
              {found.name}(
              {found.parameters.map((parameter, index) => {
                const isCurrent = index === parameterOf(found.parameters, call?.argument ?? -1);
                return (
                  <span key={parameter.name}>
                    {index === 0 ? '' : ', '}
                    {isCurrent ? <b>{parameterText(parameter)}</b> : parameterText(parameter)}
                  </span>
                );
              })}
              )
            </Text>
            {found.entra ? null : (
              <Badge variant="default" size="xs" tt="none">
                {text.notInEntra}
              </Badge>
            )}
          </Group>
          <Text size="sm">{found.summary}</Text>
          <Text size="xs" className="breakable">
            <Code>{found.example}</Code> → <Code>{found.result}</Code>
          </Text>
        </Stack>
      )}
    </Paper>
  );
}
