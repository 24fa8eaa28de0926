import { useEffect } from 'react';

/** For a dialog that is in the page only while it is open: whatever opened it has the focus again afterwards. */
export function useFocusBack(): void {
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      // The dialog's own focus trap lets go first.
      if (opener instanceof HTMLElement) setTimeout(() => opener.isConnected && opener.focus());
    };
  }, []);
}
