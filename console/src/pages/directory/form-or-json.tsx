import { SegmentedControl, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../language/use-text.ts';
import { JsonField } from './json-field.tsx';

interface Props {
  /** The JSON, when that is what is edited; undefined for the form. */
  readonly json: string | undefined;
  /** What the JSON begins with. */
  readonly initial: () => string;
  readonly children: ReactNode;
  onChange(json: string | undefined): void;
}

/** The same thing as a form, or as raw JSON. */
export function FormOrJson({ json, initial, children, onChange }: Props) {
  const text = useText().directory;
  return (
    <Stack>
      <SegmentedControl
        aria-label={text.editAs}
        w="fit-content"
        data={[
          { value: 'form', label: text.form },
          { value: 'json', label: text.rawJson },
        ]}
        value={json === undefined ? 'form' : 'json'}
        onChange={(next) => onChange(next === 'json' ? initial() : undefined)}
      />
      {json === undefined ? children : <JsonField value={json} onChange={onChange} />}
    </Stack>
  );
}
