import { Button, Group, Paper, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly view: IdentityServerView;
  readonly dirty: boolean;
  readonly valid: boolean;
  readonly mayChange: boolean;
  readonly pending: boolean;
  onDiscard(): void;
  onDelete(): void;
}

/** Below the form, in sight while there is something to save: delete, discard, save; and since when it is there. */
export function SettingsFoot(props: Props) {
  const { view, dirty, valid, mayChange, pending, onDiscard, onDelete } = props;
  const { identityServers: text, general } = useText();
  return (
    <>
      <Paper withBorder p="sm" pos={dirty ? 'sticky' : 'static'} bottom={0} style={{ zIndex: 2 }}>
        <Group justify="space-between" gap="xs">
          <Button variant="outline" color="red" onClick={onDelete} disabled={!mayChange}>
            {general.delete}
          </Button>
          <Group gap="xs">
            {mayChange ? null : <Text size="sm">{general.mayNot}</Text>}
            <Button variant="default" onClick={onDiscard} disabled={!dirty || pending}>
              {general.discard}
            </Button>
            <Button type="submit" loading={pending} disabled={!dirty || !valid || !mayChange}>
              {general.save}
            </Button>
          </Group>
        </Group>
      </Paper>
      <Text size="sm" component="div">
        {text.settings.created} <Moment date={view.createdAt} exact /> · {text.settings.modified}{' '}
        <Moment date={view.modifiedAt} />
      </Text>
    </>
  );
}
