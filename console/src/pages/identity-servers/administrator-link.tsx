import { Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../language/use-text.ts';
import { useMay } from './use-may.ts';

/** A way to a page where only administrators can do something; others see why they cannot. */
export function AdministratorLink({ to, children }: { readonly to: string; readonly children: string }) {
  const { mayNot } = useText().general;
  if (useMay('administrator')) {
    return (
      <Button component={Link} to={to}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={mayNot} events={{ hover: true, focus: true, touch: true }}>
      <Button data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
