import { SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useText } from '../../language/use-text.ts';
import type { PersonValues } from './person-values.ts';
import { UserPicker } from './resource-picker.tsx';

interface Props {
  readonly server: string;
  readonly value: PersonValues;
  /** What is wrong with the user name. */
  readonly userNameError?: string | undefined;
  onChange(value: PersonValues): void;
}

/** The attributes of a person that most directories have. */
export function PersonFields({ server, value, userNameError, onChange }: Props) {
  const text = useText().directory;
  const field = (name: Exclude<keyof PersonValues, 'active' | 'manager'>, label: string, type = 'text') => (
    <TextInput
      label={label}
      type={type}
      autoComplete="off"
      value={value[name]}
      onChange={({ currentTarget }) => onChange({ ...value, [name]: currentTarget.value })}
    />
  );
  return (
    <>
      <TextInput
        label={text.userName}
        description={text.userNameHelp}
        required
        autoComplete="off"
        value={value.userName}
        error={userNameError}
        data-autofocus
        onChange={({ currentTarget }) => onChange({ ...value, userName: currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {field('givenName', text.givenName)}
        {field('familyName', text.familyName)}
        {field('displayName', text.displayName)}
        {field('email', text.email, 'email')}
        {field('phone', text.phone, 'tel')}
        {field('title', text.jobTitle)}
        {field('department', text.department)}
        {field('employeeNumber', text.employeeNumber)}
        <UserPicker
          server={server}
          label={text.manager}
          value={value.manager}
          onChange={(manager) => onChange({ ...value, manager })}
        />
      </SimpleGrid>
      <Switch
        label={text.active}
        description={text.activeHelp}
        checked={value.active}
        onChange={({ currentTarget }) => onChange({ ...value, active: currentTarget.checked })}
      />
    </>
  );
}
