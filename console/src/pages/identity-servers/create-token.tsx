import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { IdentityServerView, IssuedTokenView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tokensQuery } from '../../api/identity-server-queries.ts';
import { post } from '../../api/request.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';
import { LIVES } from './token-request.ts';
import { useMay } from './use-may.ts';

interface Props {
  readonly view: IdentityServerView;
  /** What the other console calls the field that it is pasted in. */
  readonly label: string;
  /** What the token is called at first. */
  readonly name: string;
}

/** Makes a token where it is needed, and shows it until the page is left. */
export function CreateToken({ view, label, name: first }: Props) {
  const { connect, tokens } = useText().identityServers;
  const text = connect.token;
  const queryClient = useQueryClient();
  const mayCreate = useMay('administrator');
  const [name, setName] = useState(first);
  const [expiresIn, setExpiresIn] = useState<string>('365d');
  const working = useQuery(tokensQuery(view.slug)).data?.tokens.filter(({ state }) => state === 'active') ?? [];
  const create = useMutation({
    mutationFn: () =>
      post<IssuedTokenView>(`/identity-servers/${encodeURIComponent(view.slug)}/tokens`, { name, expiresIn }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['identity-servers', view.slug, 'tokens'] }),
    // The secret leaves memory with the page.
    gcTime: 0,
  });
  if (!mayCreate) return <Text size="sm">{text.mayNot}</Text>;
  if (create.data !== undefined) {
    return (
      <Stack gap="xs">
        <CopyField label={label} value={create.data.token} />
        <Notice announced>{text.once}</Notice>
        <Text size="sm" component="div">
          {tokens.issued.until} <Moment date={create.data.expiresAt} exact />. {text.expiryAdvice}
        </Text>
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={() => create.reset()}>
            {text.another}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="xs">
        {label === text.token ? null : (
          <Text size="sm" fw={600}>
            {label}
          </Text>
        )}
        <Text size="sm">{working.length === 0 ? text.advice : text.existing(working.length)}</Text>
        <Group align="flex-end" gap="xs">
          <TextInput
            label={text.name}
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={text.expiresIn}
            data={LIVES.map((value) => ({ value, label: tokens.form.life[value] }))}
            allowDeselect={false}
            w={140}
            value={expiresIn}
            onChange={(value) => setExpiresIn(value ?? expiresIn)}
          />
          <Button type="submit" loading={create.isPending}>
            {text.make}
          </Button>
        </Group>
        <ProblemNotice error={create.error} />
      </Stack>
    </form>
  );
}
