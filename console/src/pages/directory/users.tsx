import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function Users() {
  return <Page title={useText().general.users}>{null}</Page>;
}
