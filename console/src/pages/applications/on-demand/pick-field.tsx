import { Button, Input } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type ResourceKind, resourceQuery } from '../../../api/directory.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useText } from '../../../language/use-text.ts';
import { type Candidate, type CandidateSource, candidateOf } from '../assignments/candidates.ts';
import { ObjectPicker } from '../assignments/object-picker.tsx';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly source: CandidateSource;
  /** The one that is chosen, where only its id is known; its name is asked for. */
  readonly picked?: { readonly type: ResourceKind; readonly id: string } | undefined;
  /** Those that are chosen, where several can be. */
  readonly selected?: readonly Candidate[];
  readonly most?: number;
  onPick(chosen: readonly Candidate[]): void;
}

/** A field that shows who is chosen, and opens the panel to choose. */
export function PickField({ label, description, source, picked, selected = [], most = 1, onPick }: Props) {
  const { job } = useText().applications;
  const labelId = useId();
  const [opened, setOpened] = useState(false);
  const named = useQuery({
    ...resourceQuery(source.server, picked?.type ?? 'User', picked?.id ?? ''),
    enabled: picked !== undefined,
  });
  const one = picked === undefined ? undefined : candidateOf(picked.type, named.data ?? { id: picked.id });
  const current = one === undefined ? selected : [one];
  const said = one === undefined ? '' : [one.label, one.details].filter((part) => part !== '').join(' · ');
  const shown = one !== undefined ? said : most === 1 ? job.nothingChosen : job.members(selected.length);
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id: labelId }}
      {...(description === undefined ? {} : { description })}
    >
      <Button
        id={`${labelId}-button`}
        variant="default"
        fullWidth
        justify="flex-start"
        mt={4}
        aria-labelledby={`${labelId} ${labelId}-button`}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {shown}
      </Button>
      <ProblemNotice error={named.error} />
      <ObjectPicker
        opened={opened}
        title={label}
        source={source}
        selected={current}
        most={most}
        onSelect={onPick}
        onClose={() => setOpened(false)}
      />
    </Input.Wrapper>
  );
}
