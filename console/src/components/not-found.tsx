import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../language/use-text.ts';
import { Page } from './page.tsx';

/** In place of a page that there is not. */
export function NotFound() {
  const text = useText().general;
  return (
    <Page title={text.notFound}>
      <Text>{text.notFoundAdvice}</Text>
      <Button component={Link} to="/" w="fit-content">
        {text.home}
      </Button>
    </Page>
  );
}
