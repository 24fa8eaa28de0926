import { PasswordInput, Stack } from '@mantine/core';
import { useText } from '../../language/use-text.ts';

export const SHORTEST = 12;

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

export const isComplete = ({ password, repeated }: NewPassword): boolean =>
  password.length >= SHORTEST && password === repeated;

interface Props {
  readonly value: NewPassword;
  readonly error?: string | undefined;
  onChange(value: NewPassword): void;
}

/** A new password, twice. */
export function NewPasswordFields({ value, error, onChange }: Props) {
  const text = useText().signIn;
  const differs = value.repeated !== '' && value.password !== value.repeated;
  return (
    <Stack>
      <PasswordInput
        label={text.newPassword}
        description={text.passwordRule}
        autoComplete="new-password"
        required
        minLength={SHORTEST}
        value={value.password}
        error={error}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <PasswordInput
        label={text.repeatPassword}
        autoComplete="new-password"
        required
        value={value.repeated}
        error={differs ? text.passwordsDiffer : undefined}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
      />
    </Stack>
  );
}
