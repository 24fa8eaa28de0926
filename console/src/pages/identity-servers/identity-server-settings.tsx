import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function IdentityServerSettings() {
  return <Page title={useText().identityServers.title}>{null}</Page>;
}
