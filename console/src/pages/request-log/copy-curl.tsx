import { Button } from '@mantine/core';
import type { CurlView } from '@rollcall/server/contract';
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
      const { curl, warnings } = await get<CurlView>(`${logPath(server)}/${n}/curl`);
      await navigator.clipboard.writeText(curl);
      return warnings;
    },
    onSuccess: (warnings) => notifyDone([text.curlCopied, ...warnings].join(' ')),
    onError: notifyProblem,
  });
  return (
    <Button size="xs" variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
      {text.copyCurl}
    </Button>
  );
}
