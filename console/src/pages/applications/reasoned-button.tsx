import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  /** Why it cannot be pressed; undefined when it can. */
  readonly reason: string | undefined;
  readonly children: ReactNode;
  onClick?(): void;
}

/** A button that says at hover and focus why it cannot be pressed: it stays within reach of the keyboard. */
export function ReasonedButton({ reason, children, onClick, ...rest }: Props) {
  if (reason === undefined) {
    return (
      <Button {...rest} {...(onClick === undefined ? {} : { onClick })}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }} multiline maw={320}>
      <Button {...rest} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
