import { Radio, Stack } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { useText } from '../../language/use-text.ts';

type Mode = IdentityServerView['compatibility'];

const MODES: readonly Mode[] = ['tolerant', 'strict'];

interface Props {
  readonly value: Mode;
  onChange(mode: Mode): void;
}

/** Whether deviations of clients are straightened or refused. */
export function Compatibility({ value, onChange }: Props) {
  const text = useText().identityServers;
  return (
    <Radio.Group
      label={text.add.compatibility}
      value={value}
      onChange={(chosen) => {
        const mode = MODES.find((one) => one === chosen);
        if (mode !== undefined) onChange(mode);
      }}
    >
      <Stack gap="xs" mt="xs">
        {MODES.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={text.compatibilityName[mode]}
            description={text.compatibilityMeaning[mode]}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
