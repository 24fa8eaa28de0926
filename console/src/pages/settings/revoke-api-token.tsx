import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ApiTokenView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';

/** Ends a token at once, after a question. */
export function RevokeApiToken({ token, disabled }: { readonly token: ApiTokenView; readonly disabled: boolean }) {
  const text = useText().settings.apiTokens;
  const queryClient = useQueryClient();
  const [asking, ask] = useDisclosure(false);
  const revoke = useMutation({
    mutationFn: () => post(`/api-tokens/${token.id}/revoke`),
    onSuccess: async () => {
      ask.close();
      notifyDone(text.revoked(token.name));
      await queryClient.invalidateQueries({ queryKey: ['api-tokens'] });
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        disabled={disabled}
        onClick={ask.open}
        aria-label={text.revokeOf(token.name)}
      >
        {text.revoke}
      </Button>
      <Confirm
        opened={asking}
        title={text.revokeOf(token.name)}
        action={text.revoke}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
        onClose={ask.close}
      >
        {text.revokeMeans}
      </Confirm>
    </>
  );
}
