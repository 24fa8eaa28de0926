import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function RequestLog() {
  return <Page title={useText().requestLog.title}>{null}</Page>;
}
