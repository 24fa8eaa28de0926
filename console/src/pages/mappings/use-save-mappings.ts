import type { MappingsView, SavedMappingsView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { put } from '../../api/request.ts';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';
import type { Checked } from './draft.ts';

/** Saves mappings as a whole; what is wrong with them is kept beside the draft that it was said of. */
export function useSaveMappings(slug: string, onSaved: () => void) {
  const { saved: message } = useText().mappings;
  const queryClient = useQueryClient();
  const [checked, setChecked] = useState<Checked>();
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const saving = useMutation({
    mutationFn: (draft: MappingsView) => put<SavedMappingsView>(`/applications/${slug}/mappings`, draft),
    onSuccess: async (answer, draft) => {
      queryClient.setQueryData(['applications', slug, 'mappings', {}], draft);
      setChecked(undefined);
      setWarnings(answer.warnings.map((warning) => warning.message));
      onSaved();
      notifyDone(message);
      await queryClient.invalidateQueries({ queryKey: ['applications', slug] });
    },
    onError: (error, draft) => {
      const { view } = asProblem(error);
      const { field } = view ?? {};
      const one =
        view === undefined || field === undefined ? undefined : [{ field, message: withoutField(view.detail, field) }];
      const problems = view?.problems ?? one;
      setChecked(problems === undefined ? undefined : { draft, problems });
    },
  });
  return {
    save: saving.mutate,
    isSaving: saving.isPending,
    error: saving.error,
    checked,
    warnings,
    /** Shows problems that the preview has found. */
    mark: setChecked,
    forget: () => {
      setChecked(undefined);
      saving.reset();
    },
  };
}

/** The row says already which field it is. */
const withoutField = (detail: string, field: string): string =>
  detail.startsWith(`${field}: `) ? detail.slice(field.length + 2) : detail;
