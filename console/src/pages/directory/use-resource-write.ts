import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PATCH, type Resource, type ResourceKind, resourcePath } from '../../api/directory.ts';
import { request } from '../../api/request.ts';
import type { Operation } from './person-values.ts';
import { versionOf } from './read-attribute.ts';

/** A change of one resource, or the whole of it anew. */
export type Write =
  | { readonly operations: readonly Operation[] }
  | { readonly whole: Readonly<Record<string, unknown>> };

/**
 * Writes a resource. With `seen`, only when it is still what the person saw (RFC 7644 §3.14): whoever saves later is told
 * rather than undoing what somebody else did meanwhile.
 */
export function useResourceWrite(server: string, kind: ResourceKind, id: string, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ write, seen }: { readonly write: Write; readonly seen?: Resource }) => {
      const version = seen === undefined ? '' : versionOf(seen);
      const headers = version === '' ? undefined : { 'if-match': version };
      const path = resourcePath(server, kind, id);
      return 'whole' in write
        ? request<Resource>('PUT', path, { body: write.whole, headers })
        : request<Resource | undefined>('PATCH', path, {
            body: { schemas: [PATCH], Operations: write.operations },
            headers,
          });
    },
    onSuccess: () => {
      onDone();
      return queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
    },
  });
}
