import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function Settings() {
  return <Page title={useText().settings.title}>{null}</Page>;
}
