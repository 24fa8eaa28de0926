import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function ProvisioningLog() {
  return <Page title={useText().results.title}>{null}</Page>;
}
