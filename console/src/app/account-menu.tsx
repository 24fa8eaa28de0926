import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { post, remove } from '../api/request.ts';
import { sessionQuery } from '../api/session.ts';
import { LANGUAGES, type LanguageCode } from '../language/language.ts';
import { useLanguage } from '../language/use-text.ts';

/** Who is signed in; language and appearance; the way out. */
export function AccountMenu() {
  const { code, text: all, choose } = useLanguage();
  const text = all.general;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const person = useQuery(sessionQuery()).data?.person;
  // The page is loaded anew: nothing that the person saw stays in memory.
  const leave = () => window.location.assign('/sign-in');
  const signOut = useMutation({ mutationFn: () => remove('/session'), onSuccess: leave });
  const signOutEverywhere = useMutation({ mutationFn: () => post('/session/sign-out-everywhere'), onSuccess: leave });
  const name = person?.userName ?? '';
  return (
    <Menu position="bottom-end" width={240} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-md" aria-label={text.account(name)}>
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {person === undefined || person === null ? null : <Menu.Label>{text.role[person.role]}</Menu.Label>}
        {person?.source === 'password' ? (
          <Menu.Item component={Link} to="/settings/password">
            {text.changePassword}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Label>{text.appearance}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            aria-current={scheme === colorScheme}
            rightSection={scheme === colorScheme ? '✓' : undefined}
          >
            {scheme === 'auto' ? text.system : text[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text.language}</Menu.Label>
        {/* The keys of LANGUAGES are its codes. */}
        {(Object.keys(LANGUAGES) as LanguageCode[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => choose(language)}
            aria-current={language === code}
            rightSection={language === code ? '✓' : undefined}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>{text.signOut}</Menu.Item>
        <Menu.Item onClick={() => signOutEverywhere.mutate()}>{text.signOutEverywhere}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
