import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { logPath } from '../../api/log.ts';
import { get } from '../../api/request.ts';
import { notifyDone, notifyProblem } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';

/** Copies the request as a curl command; the credentials in it are a placeholder. */
export function CopyCurl({ server, n }: { readonly server: string; readonly n: number }) {
  const text = useText().requestLog;
  const copy = useMutation({
    mutationFn: async () => {
      const { curl } = await get<{ readonly curl: string }>(`${logPath(server)}/${n}/curl`);
      await navigator.clipboard.writeText(curl);
    },
    onSuccess: () => notifyDone(text.curlCopied),
    onError: notifyProblem,
  });
  return (
    <Button size="xs" variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
      {text.copyCurl}
    </Button>
  );
}
