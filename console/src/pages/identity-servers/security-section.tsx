import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';
import { Section } from './section.tsx';
import { SecurityMethod } from './security-method.tsx';
import type { SettingsEdit } from './settings-edit.ts';

interface Props extends SettingsEdit {
  /** As it is saved. */
  readonly view: IdentityServerView;
  onMakePassword(): void;
}

/** The security method, and what belongs to the one that is chosen. */
export function SecuritySection({ values, disabled, wrong, set, view, onMakePassword }: Props) {
  const text = useText().identityServers;
  const { security = view.security } = values;
  return (
    <Section title={text.security} disabled={disabled}>
      <SecurityMethod value={security} error={wrong('security')} onChange={(method) => set({ security: method })} />
      {security === 'bearer' ? (
        <Text size="sm">
          {text.settings.bearerAdvice}{' '}
          <Anchor component={Link} to={`/identity-servers/${view.slug}/tokens`} size="sm" underline="always">
            {text.settings.bearerLink}
          </Anchor>
        </Text>
      ) : null}
      {security === 'basic' ? (
        <>
          {view.userName === null ? (
            <Notice>{text.settings.basicNone}</Notice>
          ) : (
            <TextInput label={text.settings.basicUser} value={view.userName} readOnly />
          )}
          <Group>
            <Button variant="default" onClick={onMakePassword}>
              {text.settings.makePassword}
            </Button>
          </Group>
        </>
      ) : null}
      {security === view.security ? null : (
        <Text size="sm" c="dimmed">
          {text.settings.savedFirst}
        </Text>
      )}
    </Section>
  );
}
