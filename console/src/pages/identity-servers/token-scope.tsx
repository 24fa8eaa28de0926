import { Stack, Text } from '@mantine/core';
import type { TokenView } from '@rollcall/server/contract';
import { useText } from '../../language/use-text.ts';

/** What a token may do, in words: one for everything, else one line for each resource type. */
export function TokenScope({ scope }: { readonly scope: TokenView['scope'] }) {
  const text = useText().identityServers.tokens;
  const entries = Object.entries(scope);
  return (
    <Stack gap={0}>
      {entries.map(([type, access]) => {
        const name = type === '*' ? (entries.length === 1 ? text.everything : text.form.others) : type;
        return (
          <Text key={type} size="sm">
            {text.of(name, text.form.access[access])}
          </Text>
        );
      })}
    </Stack>
  );
}
