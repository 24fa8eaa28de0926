import { Button, Combobox, Group, Stack, Text, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type ResourceKind, schemasQuery } from '../../api/directory.ts';
import { useText } from '../../language/use-text.ts';
import { complete, completionsAt } from './filter-completion.ts';
import { atFault, problemOf } from './filter-problem.ts';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  /** The filter that is applied. */
  readonly value: string;
  /** What the server says is wrong with that one. */
  readonly problem?: string | undefined;
  onApply(filter: string): void;
}

/** A SCIM filter with completion; Enter applies it, and what is wrong is shown at its place. */
export function FilterBox({ server, kind, value, problem, onApply }: Props) {
  const text = useText().directory;
  const schemas = useQuery(schemasQuery(server)).data;
  const attributes = schemas?.resourceTypes.find(({ name }) => name === kind)?.attributes ?? [];
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [fault, setFault] = useState<string>();
  const { from, items } = completionsAt(draft, caret, attributes);
  const shownFault = fault ?? (draft === value ? problem : undefined);

  const apply = (filter: string) => {
    const wrong = problemOf(filter);
    setFault(wrong);
    combobox.closeDropdown();
    if (wrong === undefined) onApply(filter.trim());
  };
  const choose = (label: string) => {
    const item = items.find((one) => one.label === label);
    if (item === undefined) return;
    const next = complete(draft, caret, from, item);
    setDraft(next.text);
    setCaret(next.caret);
    setFault(undefined);
    combobox.resetSelectedOption();
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };

  return (
    <Stack gap={4} flex="1 1 320px">
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input}
            role="combobox"
            label={text.scimFilter}
            placeholder={text.filterExample[kind]}
            value={draft}
            error={shownFault}
            spellCheck={false}
            autoComplete="off"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            rightSectionWidth={value === '' ? 72 : 132}
            rightSection={
              <Group gap={4} wrap="nowrap" pe={4}>
                {value === '' ? null : (
                  <Button size="compact-xs" variant="subtle" onClick={() => apply('')}>
                    {text.clearFilter}
                  </Button>
                )}
                <Button size="compact-xs" variant="default" onClick={() => apply(draft)}>
                  {text.apply}
                </Button>
              </Group>
            }
            onChange={({ currentTarget }) => {
              setDraft(currentTarget.value);
              setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
              setFault(undefined);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? draft.length)}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              // With a suggestion chosen, Enter takes that one.
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) apply(draft);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={items.length === 0}>
          <Combobox.Options mah={260} style={{ overflowY: 'auto' }} aria-label={text.suggestions}>
            {items.map(({ label, kind: sort, about }) => (
              <Combobox.Option key={label} value={label}>
                <Text size="sm" ff="monospace" className="breakable">
                  {label}
                  <Text span size="xs" ff="text">
                    {`  ${sort === 'operator' ? (Object.entries(text.operators).find(([name]) => name === label)?.[1] ?? '') : ''}`}
                  </Text>
                </Text>
                {about === undefined ? null : (
                  <Text size="xs" lineClamp={1}>
                    {about}
                  </Text>
                )}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {shownFault === undefined ? null : <Fault filter={draft} message={shownFault} />}
    </Stack>
  );
}

function Fault({ filter, message }: { readonly filter: string; readonly message: string }) {
  const parts = atFault(filter, message);
  if (parts === undefined) return null;
  const [before, wrong, after] = parts;
  return (
    <Text size="sm" ff="monospace" className="breakable" style={{ whiteSpace: 'pre-wrap' }}>
      {before}
      <mark>{wrong}</mark>
      {after}
    </Text>
  );
}
