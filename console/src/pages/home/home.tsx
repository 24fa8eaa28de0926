import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';

export function Home() {
  return <Page title={useText().home.title}>{null}</Page>;
}
