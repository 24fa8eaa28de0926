import { Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { PageTabs } from '../../components/tabs.tsx';
import { useText } from '../../language/use-text.ts';

/** Above the pages of the settings. */
export function SettingsFrame() {
  const text = useText().settings;
  const { tabs } = text;
  return (
    <Stack>
      <PageTabs
        label={text.title}
        tabs={[
          { to: '/settings/people', label: tabs.people },
          { to: '/settings/api-tokens', label: tabs.apiTokens },
          { to: '/settings/sign-in', label: tabs.signIn },
          { to: '/settings/mail', label: tabs.mail },
          { to: '/settings/retention', label: tabs.retention },
          { to: '/settings/password', label: tabs.account },
          { to: '/settings/about', label: tabs.about },
        ]}
      />
      <Outlet />
    </Stack>
  );
}
