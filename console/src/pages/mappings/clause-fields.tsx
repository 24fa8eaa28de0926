import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { SCOPING_OPERATORS } from '@rollcall/provisioning/mapping';
import { useText } from '../../language/use-text.ts';
import { takesValue, withOperator } from './clause.ts';
import type { Clause, FieldProblem } from './draft.ts';
import { problemIn } from './row-form.ts';

interface Props {
  readonly clause: Clause;
  /** Its place in the filter, from 1. */
  readonly number: number;
  readonly names: readonly string[];
  /** Those of the filter. */
  readonly problems: readonly FieldProblem[];
  readonly isEditable: boolean;
  onChange(clause: Clause): void;
  onRemove(): void;
}

/** One comparison of a scoping filter: attribute, operator, value. */
export function ClauseFields({ clause, number, names, problems, isEditable, onChange, onRemove }: Props) {
  const all = useText();
  const text = all.mappings;
  const said = (part: string) => problemIn(problems, `clauses[${number - 1}].${part}`);
  return (
    <Group align="flex-start" gap="sm" role="group" aria-label={text.clause(number)}>
      <Autocomplete
        label={text.clauseAttribute}
        data={[...names]}
        limit={100}
        maxDropdownHeight={240}
        w={{ base: '100%', sm: 240 }}
        value={clause.attribute}
        disabled={!isEditable}
        error={said('attribute')}
        onChange={(attribute) => onChange({ ...clause, attribute })}
      />
      <Select
        label={text.clauseOperator}
        data={[...SCOPING_OPERATORS]}
        allowDeselect={false}
        w={{ base: '100%', sm: 230 }}
        value={clause.operator}
        disabled={!isEditable}
        error={said('operator')}
        onChange={(value) =>
          onChange(
            withOperator(
              clause,
              SCOPING_OPERATORS.find((one) => one === value),
            ),
          )
        }
      />
      {takesValue(clause.operator) ? (
        <TextInput
          label={text.clauseValue}
          w={{ base: '100%', sm: 240 }}
          value={clause.value ?? ''}
          disabled={!isEditable}
          error={said('value')}
          onChange={(event) => onChange({ ...clause, value: event.currentTarget.value })}
        />
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        mt={28}
        disabled={!isEditable}
        aria-label={text.removeClause(number)}
        onClick={onRemove}
      >
        {all.general.remove}
      </Button>
    </Group>
  );
}
