import type { ErrorComponentProps } from '@tanstack/react-router';
import { useText } from '../language/use-text.ts';
import { Page } from './page.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** In place of a page that could not be shown. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <Page title={useText().general.problem}>
      <ProblemNotice error={error} retry={reset} />
    </Page>
  );
}
