import { Alert, Radio, Stack } from '@mantine/core';
import type { ApplicationState } from '@rollcall/server/contract';
import { useText } from '../../../language/use-text.ts';
import type { SectionProps } from './section-props.ts';

/** Whether everybody is provisioned, or who is assigned. */
export function ScopeChoice({ form, set }: SectionProps) {
  const text = useText().applications.provisioning;
  return (
    <Radio.Group
      label={text.scope}
      value={form.scope}
      onChange={(value) => set({ scope: value === 'all' ? 'all' : 'assigned' })}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="all" label={text.scopeAll} description={text.scopeAllHelp} />
        <Radio value="assigned" label={text.scopeAssigned} description={text.scopeAssignedHelp} />
      </Stack>
    </Radio.Group>
  );
}

export type Mode = 'manual' | 'automatic';

/** Whether provisioning runs by itself. */
export function ModeChoice({ mode, onChange }: { readonly mode: Mode; onChange(mode: Mode): void }) {
  const text = useText().applications.provisioning;
  return (
    <Radio.Group
      label={text.mode}
      value={mode}
      onChange={(value) => onChange(value === 'automatic' ? 'automatic' : 'manual')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="manual" label={text.manual} description={text.manualHelp} />
        <Radio value="automatic" label={text.automatic} description={text.automaticHelp} />
      </Stack>
    </Radio.Group>
  );
}

interface StatusProps extends Pick<SectionProps, 'form' | 'set'> {
  readonly mode: Mode;
  readonly state: ApplicationState;
  /** Operators may switch it, though they may change nothing else. */
  readonly maySwitch: boolean;
}

/** The switch at the foot of the page. */
export function StatusChoice({ form, mode, state, maySwitch, set }: StatusProps) {
  const text = useText().applications.provisioning;
  const { on, off } = useText().general;
  const isManual = mode === 'manual';
  const disabled = isManual || !maySwitch;
  return (
    <Stack gap="xs">
      <Radio.Group
        label={text.status}
        description={isManual ? text.statusManual : text.statusHelp}
        value={isManual ? 'off' : form.status}
        onChange={(value) => set({ status: value === 'on' ? 'on' : 'off' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="off" label={off} disabled={disabled} />
          <Radio value="on" label={on} disabled={disabled} />
        </Stack>
      </Radio.Group>
      {state === 'quarantine' || state === 'disabled' ? (
        <Alert color="orange" variant="light">
          {state === 'disabled' ? text.wasDisabled : text.quarantined}
        </Alert>
      ) : null}
    </Stack>
  );
}
