import { Select, Text } from '@mantine/core';
import type { Role } from '../../api/session.ts';
import { useText } from '../../language/use-text.ts';

const ROLES = ['administrator', 'operator', 'auditor'] as const;

interface Props {
  readonly value: Role;
  onChange(role: Role): void;
}

/** A role, with what it may do. */
export function RoleField({ value, onChange }: Props) {
  const { settings: all, general } = useText();
  const text = all.people;
  return (
    <Select
      label={text.role}
      description={text.roleMay[value]}
      data={ROLES.map((role) => ({ value: role, label: general.role[role] }))}
      value={value}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs">{text.roleMay[roleOf(option.value)]}</Text>
        </div>
      )}
      onChange={(role) => onChange(roleOf(role))}
    />
  );
}

const roleOf = (value: string | null): Role => ROLES.find((role) => role === value) ?? 'auditor';
