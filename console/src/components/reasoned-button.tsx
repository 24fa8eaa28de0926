import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  /** Why it cannot be pressed; undefined when it can. */
  readonly reason: string | undefined;
  readonly children: ReactNode;
  readonly type?: 'submit';
  onClick?(): void;
}

/**
 * A button that says at hover and focus why it cannot be pressed: it stays within reach of the keyboard, and the focus
 * stays on it when that changes.
 */
export function ReasonedButton({ reason, disabled = false, children, onClick, ...rest }: Props) {
  const isDisabled = reason !== undefined;
  return (
    <Tooltip
      label={reason}
      disabled={!isDisabled}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={320}
    >
      <Button
        {...rest}
        {...(isDisabled ? { 'data-disabled': true, 'aria-disabled': true } : { disabled })}
        onClick={(event) => {
          if (isDisabled) event.preventDefault();
          else onClick?.();
        }}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
