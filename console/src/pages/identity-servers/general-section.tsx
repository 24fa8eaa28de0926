import { Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { identityServersQuery } from '../../api/queries.ts';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';
import { Section } from './section.tsx';
import type { SettingsEdit } from './settings-edit.ts';

interface Props extends SettingsEdit {
  /** The slug that is saved. */
  readonly slug: string;
}

/** What it is called, whether it answers, and whether it is the default one. */
export function GeneralSection({ values, disabled, wrong, set, slug }: Props) {
  const { identityServers: text, general } = useText();
  const servers = useQuery(identityServersQuery()).data?.identityServers ?? [];
  const holder = servers.find((server) => server.default && server.slug !== slug);
  return (
    <Section title={text.settings.general} disabled={disabled}>
      <TextInput
        label={general.name}
        description={text.add.nameDescription}
        required
        maxLength={200}
        value={values.name}
        error={wrong('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={text.add.slug}
        description={text.add.slugDescription}
        required
        maxLength={63}
        value={values.slug}
        error={wrong('slug')}
        onChange={(event) => set({ slug: event.currentTarget.value })}
      />
      {values.slug === slug ? null : <Notice>{text.settings.slugChanged}</Notice>}
      <Switch
        label={text.active}
        description={text.add.activeDescription}
        checked={values.active ?? false}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
      <Switch
        label={text.add.default}
        description={text.add.defaultDescription}
        checked={values.default ?? false}
        onChange={(event) => set({ default: event.currentTarget.checked })}
      />
      {values.default === true && holder !== undefined ? (
        <Notice>{text.settings.defaultTaken(holder.name)}</Notice>
      ) : null}
    </Section>
  );
}
