import { Checkbox, Fieldset, NativeSelect, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useText } from '../../../language/use-text.ts';
import { problemAt, type SectionProps } from './section-props.ts';

const MOST_REMOVALS = 1_000_000_000;

interface Props extends SectionProps {
  /** Said of the addresses before the API is asked. */
  readonly mailsMissing: boolean;
}

/** Notification, the guard, what becomes of who leaves, and how often. */
export function ProvisioningSettings({ form, problem, mailsMissing, set }: Props) {
  const text = useText().applications.provisioning;
  const at = (field: string) => problemAt(problem, `settings.${field}`);
  return (
    <Stack gap="md">
      <Checkbox
        label={text.notify}
        checked={form.notify}
        onChange={(event) => set({ notify: event.currentTarget.checked })}
      />
      <TextInput
        label={text.mails}
        description={text.mailsHelp}
        autoComplete="off"
        inputMode="email"
        disabled={!form.notify}
        value={form.mails}
        error={mailsMissing ? text.mailsMissing : at('notify')}
        onChange={(event) => set({ mails: event.currentTarget.value })}
      />
      <Checkbox
        label={text.guard}
        description={text.guardHelp}
        checked={form.guardEnabled}
        onChange={(event) => set({ guardEnabled: event.currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <NumberInput
          label={text.guardNumber}
          min={0}
          max={MOST_REMOVALS}
          allowDecimal={false}
          disabled={!form.guardEnabled}
          value={form.guardNumber}
          error={at('guard.number')}
          onChange={(guardNumber) => set({ guardNumber })}
        />
        <NumberInput
          label={text.guardPercent}
          description={text.guardPercentHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          max={100}
          disabled={!form.guardEnabled}
          value={form.guardPercent}
          error={at('guard.percent')}
          onChange={(guardPercent) => set({ guardPercent })}
        />
      </SimpleGrid>
      <Leaving form={form} problem={problem} set={set} />
      <Intervals form={form} problem={problem} set={set} />
    </Stack>
  );
}

type Part = Pick<SectionProps, 'form' | 'problem' | 'set'>;

function Leaving({ form, problem, set }: Part) {
  const text = useText().applications.provisioning;
  const leaving = ['disable', 'delete', 'ignore'] as const;
  const groupLeaving = ['delete', 'ignore'] as const;
  return (
    <Fieldset legend={text.leavers}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <NativeSelect
            label={text.leaving}
            data={leaving.map((value) => ({ value, label: text.leavingOf[value] }))}
            value={form.leaving}
            onChange={({ currentTarget: { value } }) =>
              set({ leaving: leaving.find((one) => one === value) ?? 'disable' })
            }
          />
          <NumberInput
            label={text.deleteAfter}
            description={text.deleteAfterHelp}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            value={form.deleteAfterDays}
            error={problemAt(problem, 'settings.deleteAfterDays')}
            onChange={(deleteAfterDays) => set({ deleteAfterDays })}
          />
          <NativeSelect
            label={text.groupLeaving}
            data={groupLeaving.map((value) => ({ value, label: text.groupLeavingOf[value] }))}
            value={form.groupLeaving}
            onChange={({ currentTarget: { value } }) =>
              set({ groupLeaving: groupLeaving.find((one) => one === value) ?? 'delete' })
            }
          />
        </SimpleGrid>
        <Checkbox
          label={text.exclusive}
          description={text.exclusiveHelp}
          checked={form.exclusiveGroups}
          onChange={(event) => set({ exclusiveGroups: event.currentTarget.checked })}
        />
        <Checkbox
          label={text.clearEmpty}
          description={text.clearEmptyHelp}
          checked={form.clearEmpty}
          onChange={(event) => set({ clearEmpty: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  );
}

function Intervals({ form, problem, set }: Part) {
  const text = useText().applications.provisioning;
  const order = ['label', 'input', 'description', 'error'] as const;
  return (
    <Fieldset legend={text.intervals}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <NumberInput
          label={text.interval}
          description={text.intervalHelp}
          inputWrapperOrder={[...order]}
          min={0}
          value={form.intervalMinutes}
          error={problemAt(problem, 'settings.interval')}
          onChange={(intervalMinutes) => set({ intervalMinutes })}
        />
        <NumberInput
          label={text.driftEvery}
          description={text.driftEveryHelp}
          inputWrapperOrder={[...order]}
          min={0}
          value={form.driftHours}
          error={problemAt(problem, 'settings.drift.every')}
          onChange={(driftHours) => set({ driftHours })}
        />
        <NumberInput
          label={text.driftShare}
          description={text.driftShareHelp}
          inputWrapperOrder={[...order]}
          min={0}
          max={100}
          value={form.driftShare}
          error={problemAt(problem, 'settings.drift.share')}
          onChange={(driftShare) => set({ driftShare })}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
