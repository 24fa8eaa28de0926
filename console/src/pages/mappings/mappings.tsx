import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function Mappings() {
  return <Page title={useText().mappings.title}>{null}</Page>;
}
