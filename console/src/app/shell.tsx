import { AppShell, Burger, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { useText } from '../language/use-text.ts';
import { AccountMenu } from './account-menu.tsx';
import { useLiveUpdates } from './live-updates.ts';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';

/** The frame of every page: navigation, who is signed in, and the page itself. */
export function Shell() {
  const text = useText().general;
  const [opened, navigation] = useDisclosure(false);
  useLiveUpdates();
  return (
    <>
      <a className="skip-link" href="#content">
        {text.skipToContent}
      </a>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'sm', sm: 'lg' }}
      >
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={opened}
                onClick={navigation.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={opened ? text.closeNavigation : text.openNavigation}
              />
              <UnstyledButton component={Link} to="/">
                <Group gap="xs" wrap="nowrap">
                  <Mark />
                  <Text fw={700}>{text.product}</Text>
                  <VisuallyHidden>{text.home}</VisuallyHidden>
                </Group>
              </UnstyledButton>
            </Group>
            <AccountMenu />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label={text.navigation}>
          <Navigation onNavigate={navigation.close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </>
  );
}
