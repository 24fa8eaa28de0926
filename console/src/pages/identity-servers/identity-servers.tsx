import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function IdentityServers() {
  return <Page title={useText().identityServers.title}>{null}</Page>;
}
