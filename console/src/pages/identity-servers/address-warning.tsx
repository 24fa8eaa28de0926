import { Code, Stack, Text } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import { reachOf } from './address-reach.ts';
import { Notice } from './notice.tsx';

const COMMAND = 'rollcall serve --public-url https://scim.example.com --trusted-proxies 127.0.0.1/32';

interface Props {
  readonly url: string;
  /** Who is to reach it. */
  readonly provider: string;
}

/** Says that an identity provider in the cloud cannot reach the URL, and what to do. Nothing when it can. */
export function AddressWarning({ url, provider }: Props) {
  const text = useText().identityServers.connect.address;
  const reach = reachOf(url);
  if (reach === 'internet') return null;
  return (
    <Notice title={text[reach]}>
      <Stack gap="xs">
        <Text size="sm">{text.advice(provider)}</Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {COMMAND}
        </Code>
        <Text size="sm">{text.documentation}</Text>
      </Stack>
    </Notice>
  );
}
