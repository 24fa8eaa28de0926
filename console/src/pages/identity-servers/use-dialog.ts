import { useRef, useState } from 'react';

/** Which dialog of a page is open, if any; when the last one closes, the focus is again where it was before the first. */
export interface DialogState<T> {
  readonly dialog: T | undefined;
  open(dialog: T): void;
  close(): void;
}

export function useDialog<T>(): DialogState<T> {
  const [dialog, setDialog] = useState<T>();
  const opener = useRef<Element>(null);
  return {
    dialog,
    open(next) {
      if (dialog === undefined) opener.current = document.activeElement;
      setDialog(next);
    },
    close() {
      setDialog(undefined);
      const before = opener.current;
      // Once the dialog is gone. What was revoked or removed has no button any more to go back to.
      requestAnimationFrame(() => {
        const isThere = before instanceof HTMLElement && before.isConnected;
        (isThere ? before : document.getElementById('content'))?.focus({ preventScroll: !isThere });
      });
    },
  };
}
