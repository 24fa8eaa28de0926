import { Accordion, Fieldset } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly title: string;
  /** Whether the fields are only to be read. */
  readonly readOnly: boolean;
  readonly fields?: ReactNode;
  /** What is within reach whoever reads it. */
  readonly children?: ReactNode;
}

/** A part of the page that folds. */
export function Section({ name, title, readOnly, fields, children }: Props) {
  return (
    <Accordion.Item value={name}>
      <Accordion.Control fw={600}>{title}</Accordion.Control>
      <Accordion.Panel>
        {fields === undefined ? null : (
          <Fieldset disabled={readOnly} variant="unstyled">
            {fields}
          </Fieldset>
        )}
        {children}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
