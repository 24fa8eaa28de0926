import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function Applications() {
  return <Page title={useText().applications.title}>{null}</Page>;
}
