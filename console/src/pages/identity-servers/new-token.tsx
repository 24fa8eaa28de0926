import { Button, Fieldset, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { IssuedTokenView } from '@rollcall/server/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { definitionsQuery } from '../../api/identity-server-queries.ts';
import { post } from '../../api/request.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { type Access, allowsSomething, LIVES, newTokenForm, tokenRequest } from './token-request.ts';

const STANDARD = ['User', 'Group'];
const ACCESS: readonly Access[] = ['write', 'read', 'none'];

interface Props {
  readonly server: string;
  onIssued(issued: IssuedTokenView): void;
  onClose(): void;
}

/** Issues a token: who uses it, how long, for what and from where. */
export function NewToken({ server, onIssued, onClose }: Props) {
  const { identityServers, general } = useText();
  const text = identityServers.tokens.form;
  const [form, setForm] = useState(newTokenForm(STANDARD));
  const added = useQuery(definitionsQuery(server)).data?.definitions ?? [];
  const own = added.filter(({ kind }) => kind === 'resourceType').map(({ name }) => name);
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const issue = useMutation({
    mutationFn: () =>
      post<IssuedTokenView>(`/identity-servers/${encodeURIComponent(server)}/tokens`, tokenRequest(form)),
    onSuccess: onIssued,
    // The secret is kept by the dialog that shows it, and by nothing else.
    gcTime: 0,
  });
  const problem = useProblem(issue.error);
  const wrong = (field: string) => problem?.of(field);
  return (
    <Modal opened onClose={onClose} title={text.title} size="lg" closeButtonProps={{ 'aria-label': general.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (allowsSomething(form)) issue.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={general.name}
            description={text.nameDescription}
            required
            maxLength={200}
            data-autofocus
            value={form.name}
            error={wrong('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label={text.expiresIn}
            description={text.expiresInDescription}
            data={LIVES.map((value) => ({ value, label: text.life[value] }))}
            allowDeselect={false}
            value={form.expiresIn}
            error={wrong('expiresIn')}
            onChange={(expiresIn) => change({ expiresIn: expiresIn ?? form.expiresIn })}
          />
          <Fieldset legend={text.scope}>
            <Stack gap="xs">
              <Text size="xs" c="dimmed">
                {text.scopeDescription}
              </Text>
              {[...STANDARD, ...own, '*'].map((type) => (
                <AccessSelect
                  key={type}
                  type={type}
                  value={form.access[type] ?? form.access['*'] ?? 'write'}
                  onChange={(access) => change({ access: { ...form.access, [type]: access } })}
                />
              ))}
              {allowsSomething(form) ? null : (
                <Text size="sm" c="red" role="alert">
                  {text.nothing}
                </Text>
              )}
            </Stack>
          </Fieldset>
          <Textarea
            label={text.networks}
            description={text.networksDescription}
            autosize
            minRows={2}
            value={form.networks}
            error={wrong('networks')}
            onChange={(event) => change({ networks: event.currentTarget.value })}
          />
          <ProblemNotice error={issue.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" loading={issue.isPending} disabled={!allowsSomething(form)}>
              {text.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface AccessProps {
  readonly type: string;
  readonly value: Access;
  onChange(access: Access): void;
}

function AccessSelect({ type, value, onChange }: AccessProps) {
  const text = useText().identityServers.tokens.form;
  return (
    <Select
      label={type === '*' ? text.others : text.accessTo(type)}
      data={ACCESS.map((access) => ({ value: access, label: text.access[access] }))}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => {
        const access = ACCESS.find((one) => one === chosen);
        if (access !== undefined) onChange(access);
      }}
    />
  );
}
