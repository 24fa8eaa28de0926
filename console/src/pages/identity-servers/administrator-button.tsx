import { Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../language/use-text.ts';
import { useMay } from './use-may.ts';

/** A button for administrators; others see why it does nothing. */
export function AdministratorButton({ onClick, children }: { readonly children: string; onClick(): void }) {
  if (useMay('administrator')) return <Button onClick={onClick}>{children}</Button>;
  return <Refused>{children}</Refused>;
}

/** A way to a page where only administrators can do something; others see why they cannot. */
export function AdministratorLink({ to, children }: { readonly to: string; readonly children: string }) {
  const may = useMay('administrator');
  if (!may) return <Refused>{children}</Refused>;
  return (
    <Button component={Link} to={to}>
      {children}
    </Button>
  );
}

// Not the attribute `disabled`: that would keep the reason from whoever comes by keyboard.
function Refused({ children }: { readonly children: string }) {
  const { mayNot } = useText().general;
  return (
    <Tooltip label={mayNot} events={{ hover: true, focus: true, touch: true }}>
      <Button data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
