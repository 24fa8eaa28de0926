import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { useMay } from './use-may.ts';

/** A button for administrators; others see why it does nothing. */
export function AdministratorButton({ onClick, children }: { readonly children: string; onClick(): void }) {
  const { mayNot } = useText().general;
  return (
    <ReasonedButton reason={useMay('administrator') ? undefined : mayNot} onClick={onClick}>
      {children}
    </ReasonedButton>
  );
}

/** A way to a page where only administrators can do something; others see why they cannot. */
export function AdministratorLink({ to, children }: { readonly to: string; readonly children: string }) {
  const { mayNot } = useText().general;
  const may = useMay('administrator');
  if (!may) return <ReasonedButton reason={mayNot}>{children}</ReasonedButton>;
  return (
    <Button component={Link} to={to}>
      {children}
    </Button>
  );
}
