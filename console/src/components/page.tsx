import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { useText } from '../language/use-text.ts';
import { Subject } from './subject.ts';

interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface Props {
  readonly title: string;
  /** The pages above this one, outermost first. */
  readonly crumbs?: readonly Crumb[];
  /** One sentence on what the page is for. */
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Beside the title: a state. */
  readonly badge?: ReactNode;
  readonly children: ReactNode;
}

/** A page: where it is, its title (the window's too), what can be done, and its content. */
export function Page({ title, crumbs = [], description, actions, badge, children }: Props) {
  const { product } = useText().general;
  const subject = useContext(Subject);
  useEffect(() => {
    document.title = [title, subject, product].filter((part) => part !== undefined).join(' · ');
  }, [title, subject, product]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the focus has gone with the page before: readers and keyboards go on at the new one's title.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="md">
      {crumbs.length === 0 ? null : (
        <Breadcrumbs fz="sm">
          {crumbs.map(({ label, to }) => (
            <Anchor key={to} component={Link} to={to} size="sm">
              {label}
            </Anchor>
          ))}
          <Text size="sm" c="dimmed">
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start">
        <Stack gap={4}>
          <Group gap="sm">
            <Title order={1} size="h2" className="breakable" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
              {title}
            </Title>
            {badge}
          </Group>
          {description === undefined ? null : (
            <Text c="dimmed" maw={720}>
              {description}
            </Text>
          )}
        </Stack>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
