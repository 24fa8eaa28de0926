import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../../components/query-view.tsx';
import { useText } from '../../../language/use-text.ts';
import { mappingsQuery } from '../application-queries.ts';

/** How much the mappings hold, and the way to them. */
export function MappingSummary({ slug }: { readonly slug: string }) {
  const text = useText().applications.provisioning;
  const mappings = useQuery(mappingsQuery(slug));
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {text.mappingsHelp}
      </Text>
      <QueryView query={mappings} rows={1}>
        {(data) => (
          <Stack gap={4}>
            {(['users', 'groups'] as const).map((what) => {
              const { enabled, attributes, filters } = data[what];
              return (
                <Text key={what} size="sm">
                  <b>{text.mappingOf[what]}</b>:{' '}
                  {enabled ? text.mappingSummary(attributes.length, filters.length) : text.mappingOff}
                </Text>
              );
            })}
          </Stack>
        )}
      </QueryView>
      <Button variant="default" component={Link} to={`/applications/${slug}/mappings`}>
        {text.mappingsEdit}
      </Button>
    </Stack>
  );
}
