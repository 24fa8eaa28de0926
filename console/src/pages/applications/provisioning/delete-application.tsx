import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { remove } from '../../../api/request.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { useText } from '../../../language/use-text.ts';

/** Removes the application after its name was typed. */
export function DeleteApplication({ slug, name }: { readonly slug: string; readonly name: string }) {
  const { applications, general } = useText();
  const text = applications.provisioning;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState(false);
  const removal = useMutation({
    mutationFn: () => remove(`/applications/${slug}`),
    onSuccess: async () => {
      notifyDone(text.deleted(name));
      // What is typed on the page goes with the application, so that nobody is asked about it.
      await navigate({ to: '/applications', ignoreBlocker: true });
      queryClient.removeQueries({ queryKey: ['applications', slug] });
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
    },
  });
  return (
    <>
      <Button variant="outline" color="red" w="fit-content" onClick={() => setOpened(true)}>
        {text.delete}
      </Button>
      <Confirm
        opened={opened}
        title={text.delete}
        action={general.delete}
        typed={name}
        pending={removal.isPending}
        error={removal.error}
        onConfirm={() => removal.mutate()}
        onClose={() => setOpened(false)}
      >
        {text.deleteText}
      </Confirm>
    </>
  );
}
