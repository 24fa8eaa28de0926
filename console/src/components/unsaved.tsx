import { useBlocker } from '@tanstack/react-router';
import { useText } from '../language/use-text.ts';
import { Confirm } from './confirm.tsx';

/** Asks before a page with changes that are not saved is left. */
export function UnsavedGuard({ dirty }: { readonly dirty: boolean }) {
  const text = useText().general;
  const blocker = useBlocker({
    // Another search of the same page (a filter, a row that is opened) loses nothing.
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title={text.unsaved}
      action={text.leaveAnyway}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {text.unsaved}
    </Confirm>
  );
}
