import { ScrollArea, Tabs } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface Tab {
  readonly to: string;
  readonly label: string;
  /** A count beside the label. */
  readonly extra?: ReactNode;
}

/** Pages of one subject beside each other; each has an address of its own. */
export function PageTabs({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) {
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const current = tabs
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
  return (
    <ScrollArea type="auto" scrollbarSize={6} offsetScrollbars="x">
      <Tabs
        value={current?.to ?? null}
        onChange={(to) => void navigate({ to: to ?? '/' })}
        activateTabWithKeyboard={false}
      >
        <Tabs.List aria-label={label} style={{ flexWrap: 'nowrap' }}>
          {tabs.map(({ to, label: name, extra }) => (
            <Tabs.Tab key={to} value={to} rightSection={extra} px="xs" style={{ whiteSpace: 'nowrap' }}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    </ScrollArea>
  );
}
