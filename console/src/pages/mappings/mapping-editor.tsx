import { Alert, List, SegmentedControl, Stack } from '@mantine/core';
import type { MappingsView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may, sessionQuery } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../components/unsaved.tsx';
import { useText } from '../../language/use-text.ts';
import { AttributeTable } from './attribute-table.tsx';
import { generalProblems, type ObjectMapping, problemCount, type Side, sameMappings } from './draft.ts';
import { MappingActions } from './mapping-actions.tsx';
import { ObjectActions } from './object-actions.tsx';
import { Preview } from './preview.tsx';
import { ScopingFilters } from './scoping-filters.tsx';
import { TargetAttributes } from './target-attributes.tsx';
import { useSaveMappings } from './use-save-mappings.ts';

interface Props {
  readonly slug: string;
  readonly saved: MappingsView;
  readonly side: Side;
}

/** Mappings being changed: nothing is sent before Save. */
export function MappingEditor({ slug, saved, side }: Props) {
  const all = useText();
  const text = all.mappings;
  const navigate = useNavigate();
  const session = useQuery(sessionQuery()).data;
  const isEditable = may(session, 'administrator');
  const [changed, setChanged] = useState<MappingsView>();
  const [previewing, setPreviewing] = useState(false);
  const draft = changed ?? saved;
  const isDirty = changed !== undefined && !sameMappings(changed, saved);
  const saving = useSaveMappings(slug, () => {
    setChanged(undefined);
    setPreviewing(false);
  });
  const { checked } = saving;
  const change = (mapping: ObjectMapping) => setChanged({ ...draft, [side]: mapping });
  const part = { slug, side, mapping: draft[side], checked, isEditable, onChange: change };
  const general = checked === undefined ? [] : generalProblems(checked);
  const segment = (one: Side) => {
    const count = problemCount(checked, one);
    const name = all.general[one];
    return { value: one, label: count === 0 ? name : `${name} (${text.problemCount(count)})` };
  };
  return (
    <Page
      title={text.title}
      description={text.description}
      actions={
        <MappingActions
          slug={slug}
          draft={draft}
          isDirty={isDirty}
          isEditable={isEditable}
          mayPreview={may(session, 'operator')}
          isSaving={saving.isSaving}
          onSave={() => saving.save(draft)}
          onDiscard={() => {
            setChanged(undefined);
            saving.forget();
          }}
          onPreview={() => setPreviewing(true)}
          onImport={setChanged}
        />
      }
    >
      <UnsavedGuard dirty={isDirty} />
      {isEditable ? null : <Alert color="gray">{all.general.mayNot}</Alert>}
      {checked === undefined ? (
        <ProblemNotice error={saving.error} />
      ) : (
        <Alert color="red" role="alert" title={text.invalid(checked.problems.length)}>
          {general.length === 0 ? text.invalidAdvice : <Lines of={general.map(({ message }) => message)} />}
        </Alert>
      )}
      {saving.warnings.length === 0 ? null : (
        <Alert color="orange" title={text.warnings}>
          <Lines of={saving.warnings} />
        </Alert>
      )}
      <SegmentedControl
        aria-label={text.objects}
        w="fit-content"
        value={side}
        data={[segment('users'), segment('groups')]}
        // The draft holds both tables: looking at the other one loses nothing.
        onChange={(next) =>
          void navigate({ to: '.', search: next === 'groups' ? { type: 'groups' } : {}, ignoreBlocker: true })
        }
      />
      <Stack gap="xl" key={side}>
        <ObjectActions {...part} />
        <AttributeTable {...part} />
        <ScopingFilters {...part} />
        <TargetAttributes {...part} />
      </Stack>
      {previewing ? (
        <Preview
          slug={slug}
          draft={draft}
          canSave={isEditable && isDirty}
          isSaving={saving.isSaving}
          onInvalid={(problems) => {
            setPreviewing(false);
            saving.mark({ draft, problems });
          }}
          onSave={() => saving.save(draft)}
          onClose={() => setPreviewing(false)}
        />
      ) : null}
    </Page>
  );
}

const Lines = ({ of }: { readonly of: readonly string[] }) => (
  <List size="sm">
    {of.map((line) => (
      <List.Item key={line}>{line}</List.Item>
    ))}
  </List>
);
