import { NumberInput, Select, SimpleGrid, Switch } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import { Compatibility } from './compatibility.tsx';
import { Section } from './section.tsx';
import { NUMBERS, type NumberField } from './settings-changes.ts';
import type { SettingsEdit } from './settings-edit.ts';

const ANSWERS = ['auto', '200', '204'] as const;
const SWITCHES = ['uniqueGroupNames', 'uniqueExternalIds', 'restoreInactive', 'saveRequests'] as const;
const NUMBER_FIELDS = ['defaultPageSize', 'maxPageSize', 'rateLimit'] as const;

/** How it answers: deviations of clients, pages, rate, groups, and whether the log keeps what came. */
export function BehaviourSection(edit: SettingsEdit) {
  const text = useText().identityServers.settings;
  const { values, disabled, wrong, set } = edit;
  return (
    <Section title={text.behaviour} disabled={disabled}>
      <Compatibility value={values.compatibility ?? 'tolerant'} onChange={(compatibility) => set({ compatibility })} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {NUMBER_FIELDS.map((field) => (
          <NumberSetting key={field} field={field} {...edit} />
        ))}
      </SimpleGrid>
      <Select
        label={text.groupPatchAnswer}
        description={text.groupPatchAnswerDescription}
        data={ANSWERS.map((value) => ({ value, label: text.groupPatchAnswerName[value] }))}
        value={values.groupPatchAnswer ?? 'auto'}
        error={wrong('groupPatchAnswer')}
        allowDeselect={false}
        onChange={(chosen) => {
          const answer = ANSWERS.find((one) => one === chosen);
          if (answer !== undefined) set({ groupPatchAnswer: answer });
        }}
      />
      {SWITCHES.map((name) => (
        <Switch
          key={name}
          label={text[name]}
          description={text[`${name}Description`]}
          checked={values[name] ?? false}
          onChange={(event) => set({ [name]: event.currentTarget.checked })}
        />
      ))}
    </Section>
  );
}

function NumberSetting({ field, values, wrong, set }: SettingsEdit & { readonly field: NumberField }) {
  const text = useText().identityServers.settings;
  const [least, most] = NUMBERS[field];
  return (
    <NumberInput
      label={text[field]}
      description={text[`${field}Description`]}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      min={least}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      value={values[field] ?? ''}
      error={wrong(field)}
      onChange={(value) => set({ [field]: typeof value === 'number' ? value : '' })}
    />
  );
}
