import { Radio, Stack, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';

type Method = IdentityServerView['security'];

const METHODS: readonly Method[] = ['bearer', 'basic', 'none'];

interface Props {
  readonly value: Method;
  readonly error?: string | undefined;
  onChange(method: Method): void;
}

/** How clients prove who they are, with what each way means, and a warning when nobody has to. */
export function SecurityMethod({ value, error, onChange }: Props) {
  const text = useText().identityServers;
  return (
    <>
      <Radio.Group
        label={text.securityMethod}
        value={value}
        error={error}
        onChange={(chosen) => {
          const method = METHODS.find((one) => one === chosen);
          if (method !== undefined) onChange(method);
        }}
      >
        <Stack gap="xs" mt="xs">
          {METHODS.map((method) => (
            <Radio
              key={method}
              value={method}
              label={text.securityName[method]}
              description={text.securityMeaning[method]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {value === 'none' ? (
        <Notice announced>
          <Text size="sm">
            {text.noneWarning} {text.noneWarningAdvice}
          </Text>
        </Notice>
      ) : null}
    </>
  );
}
