import { Anchor } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface Props {
  /** Path of this console with whatever follows it, such as `/applications/crm/log?status=failure`. */
  readonly path: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** A link to a path that the server names: the router's own links take a path and its parameters apart. */
export function PathLink({ path, label, children }: Props) {
  const navigate = useNavigate();
  const follow = (event: MouseEvent) => {
    // Whoever wants another tab or window gets it from the browser.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ href: path });
  };
  return (
    <Anchor href={path} size="sm" aria-label={label} onClick={follow}>
      {children}
    </Anchor>
  );
}
