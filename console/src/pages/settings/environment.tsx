import { Code, Stack, Text } from '@mantine/core';
import { useText } from '../../language/use-text.ts';

/** How something is set up at the start: the lines of an environment, to copy. */
export function Environment({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  const text = useText().settings;
  return (
    <Stack gap="xs" maw={760}>
      <Text size="sm">{text.environment}</Text>
      <Code block tabIndex={0} role="region" aria-label={label}>
        {lines.join('\n')}
      </Code>
    </Stack>
  );
}
