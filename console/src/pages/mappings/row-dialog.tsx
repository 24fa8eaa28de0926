import { Autocomplete, Button, Group, Modal, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, sessionQuery } from '../../api/session.ts';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { targetPaths, useSourceNames } from './attribute-names.ts';
import { type FieldProblem, matchingOrder, type Row, type Side, sameMappings, type TargetAttribute } from './draft.ts';
import { ExpressionEditor } from './expression-editor.tsx';
import { syntaxProblem } from './expression-problem.ts';
import { formOf, type Kind, missingIn, problemIn, type RowForm, rowOf } from './row-form.ts';
import { useFocusBack } from './use-focus-back.ts';

interface Props {
  readonly slug: string;
  readonly side: Side;
  /** Undefined: a new one. */
  readonly row: Row | undefined;
  readonly rows: readonly Row[];
  readonly ownTargets: readonly TargetAttribute[];
  readonly isEditable: boolean;
  /** What the server said of it. */
  readonly problems: readonly FieldProblem[];
  onDone(row: Row): void;
  onClose(): void;
}

const KINDS: readonly Kind[] = ['direct', 'constant', 'expression', 'none'];

/** One row of the mapping table, as Entra's *Edit Attribute* has it. */
export function RowDialog(props: Props) {
  const { slug, side, row, rows, ownTargets, isEditable, problems, onDone, onClose } = props;
  const all = useText();
  const text = all.mappings;
  const [form, setForm] = useState<RowForm>(() => formOf(row));
  const [tried, setTried] = useState(false);
  useFocusBack();
  // Who may try expressions and not configure can try this one; OK is for the others.
  const mayTry = may(useQuery(sessionQuery()).data, 'operator');
  const names = useSourceNames(slug, side);
  const set = (change: Partial<RowForm>) => setForm({ ...form, ...change });
  const missing = missingIn(form);
  const unchanged = (field: keyof RowForm) => form[field] === formOf(row)[field];
  const said = (field: keyof RowForm, path: string) => (unchanged(field) ? problemIn(problems, path) : undefined);
  const lacks = (field: 'attribute' | 'expression' | 'target' | 'matching', what: string) =>
    tried && missing.has(field) ? what : undefined;
  const others = matchingOrder(rows).length - (row !== undefined && row.matching > 0 ? 1 : 0);
  const places = Array.from({ length: others + 1 }, (_, index) => String(index + 1));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      // What was written is not lost by a slip.
      closeOnClickOutside={false}
      closeOnEscape={sameMappings(form, formOf(row))}
      title={row === undefined ? text.addMapping : text.editMapping(row.target)}
      closeButtonProps={{ 'aria-label': all.general.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const isBroken = form.kind === 'expression' && syntaxProblem(form.expression) !== undefined;
          if (missing.size === 0 && !isBroken) onDone(rowOf(form));
        }}
      >
        <fieldset disabled={!mayTry} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Stack>
            <Select
              label={text.mappingType}
              value={form.kind}
              allowDeselect={false}
              data={KINDS.map((kind) => ({ value: kind, label: text.kind[kind] }))}
              description={text.kindMeans[form.kind]}
              onChange={(kind) => set({ kind: KINDS.find((one) => one === kind) ?? form.kind })}
            />
            {form.kind === 'direct' ? (
              <Autocomplete
                label={text.sourceAttribute}
                required
                data={[...names]}
                limit={100}
                maxDropdownHeight={260}
                value={form.attribute}
                error={lacks('attribute', text.attributeMissing) ?? said('attribute', 'source.attribute')}
                onChange={(attribute) => set({ attribute })}
              />
            ) : null}
            {form.kind === 'constant' ? (
              <TextInput
                label={text.constantValue}
                value={form.constant}
                error={said('constant', 'source.value')}
                onChange={(event) => set({ constant: event.currentTarget.value })}
              />
            ) : null}
            {form.kind === 'expression' ? (
              <ExpressionEditor
                slug={slug}
                side={side}
                value={form.expression}
                attributes={names}
                missing={lacks('expression', text.expressionMissing)}
                problem={
                  unchanged('expression') ? problems.find(({ field }) => field === 'source.expression') : undefined
                }
                onChange={(expression) => set({ expression })}
              />
            ) : null}
            <TextInput
              label={text.defaultValue}
              description={text.defaultValueMeans}
              value={form.defaultValue}
              error={said('defaultValue', 'defaultValue')}
              onChange={(event) => set({ defaultValue: event.currentTarget.value })}
            />
            <Autocomplete
              label={text.targetAttribute}
              description={text.targetAttributeMeans}
              required
              data={[...targetPaths(side, ownTargets)]}
              limit={100}
              maxDropdownHeight={260}
              value={form.target}
              error={lacks('target', text.targetMissing) ?? said('target', 'target')}
              onChange={(target) => set({ target })}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label={text.matchBy}
                allowDeselect={false}
                value={String(form.matching)}
                data={[
                  { value: '0', label: all.general.no },
                  ...places.map((place) => ({ value: place, label: text.matchingPlace(Number(place)) })),
                ]}
                error={lacks('matching', text.matchingNeedsSource) ?? said('matching', 'matching')}
                onChange={(place) => set({ matching: Number(place ?? 0) })}
              />
              <Select
                label={text.applyThis}
                allowDeselect={false}
                value={form.apply}
                data={(['always', 'create'] as const).map((value) => ({ value, label: text.applies[value] }))}
                onChange={(apply) => set({ apply: apply === 'create' ? 'create' : 'always' })}
              />
            </SimpleGrid>
          </Stack>
        </fieldset>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {all.general.cancel}
          </Button>
          <ReasonedButton type="submit" reason={isEditable ? undefined : all.general.mayNot}>
            {text.ok}
          </ReasonedButton>
        </Group>
      </form>
    </Modal>
  );
}
