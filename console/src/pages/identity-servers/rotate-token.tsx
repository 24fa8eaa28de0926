import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import type { IssuedTokenView, TokenView } from '@rollcall/server/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { LIVES } from './token-request.ts';

const OVERLAPS = ['1h', '1d', '7d', '30d'] as const;
const SAME = 'same';

interface Props {
  readonly token: TokenView;
  onIssued(issued: IssuedTokenView): void;
  onClose(): void;
}

/** Puts a new token in the place of one, with a time in which both work. */
export function RotateToken({ token, onIssued, onClose }: Props) {
  const { identityServers, general } = useText();
  const { rotation: text, form } = identityServers.tokens;
  const [overlap, setOverlap] = useState<string>('7d');
  const [expiresIn, setExpiresIn] = useState<string>(SAME);
  const rotate = useMutation({
    mutationFn: () => {
      const life = expiresIn === SAME ? {} : { expiresIn };
      return post<IssuedTokenView>(`/tokens/${encodeURIComponent(token.id)}/rotate`, { overlap, ...life });
    },
    onSuccess: onIssued,
    // The secret is kept by the dialog that shows it, and by nothing else.
    gcTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={text.title(token.name)} closeButtonProps={{ 'aria-label': general.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rotate.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{text.advice}</Text>
          <Select
            label={text.overlap}
            data={OVERLAPS.map((value) => ({ value, label: text.overlapName[value] }))}
            allowDeselect={false}
            value={overlap}
            onChange={(value) => setOverlap(value ?? overlap)}
          />
          <Select
            label={form.expiresIn}
            data={[
              { value: SAME, label: text.sameLife },
              ...LIVES.map((value) => ({ value, label: form.life[value] })),
            ]}
            allowDeselect={false}
            value={expiresIn}
            onChange={(value) => setExpiresIn(value ?? expiresIn)}
          />
          <ProblemNotice error={rotate.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              {text.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
