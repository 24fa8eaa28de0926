import { Autocomplete, Button, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import type { DriftRuleOfPath, MappingsView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiQuery } from '../../../api/queries.ts';
import { useText } from '../../../language/use-text.ts';
import { shortPath } from '../value-text.ts';
import { RULES, type Rule } from './drift-queries.ts';

interface Props {
  readonly slug: string;
  readonly rules: readonly DriftRuleOfPath[];
  readonly isAllowed: boolean;
  onRule(path: string, rule: Rule): void;
}

/** What becomes of an attribute that somebody else changed, whatever object it is of. */
export function DriftRules({ slug, rules, isAllowed, onRule }: Props) {
  const all = useText();
  const text = all.results;
  const mappings = useQuery(apiQuery<MappingsView>(['applications', slug, 'mappings'])).data;
  const paths = [...(mappings?.users.attributes ?? []), ...(mappings?.groups.attributes ?? [])].map(
    ({ target }) => target,
  );
  const [path, setPath] = useState('');
  const [rule, setRule] = useState<Rule>('push');
  const options = RULES.map((value) => ({ value, label: text.rule[value] }));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {text.rulesTitle}
      </Title>
      <Text size="sm" c="dimmed">
        {text.rulesMean}
      </Text>
      {rules.length === 0 ? null : (
        <Table maw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.attribute}</Table.Th>
              <Table.Th>{text.ruleTitle}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((one) => (
              <Table.Tr key={one.path}>
                <Table.Td className="breakable" title={one.path}>
                  {shortPath(one.path)}
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={text.ruleOf(shortPath(one.path))}
                    data={options}
                    allowDeselect={false}
                    value={one.rule}
                    disabled={!isAllowed}
                    onChange={(chosen) => onRule(one.path, RULES.find((known) => known === chosen) ?? one.rule)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '') onRule(path.trim(), rule);
          setPath('');
        }}
      >
        <Group align="flex-end" gap="sm">
          <Autocomplete
            label={text.ruleAttribute}
            data={[...new Set(paths)]}
            limit={100}
            maxDropdownHeight={240}
            w={{ base: '100%', sm: 320 }}
            value={path}
            disabled={!isAllowed}
            onChange={setPath}
          />
          <Select
            label={text.ruleTitle}
            data={options}
            allowDeselect={false}
            w={{ base: '100%', sm: 250 }}
            value={rule}
            disabled={!isAllowed}
            onChange={(chosen) => setRule(RULES.find((known) => known === chosen) ?? rule)}
          />
          <Button type="submit" variant="default" disabled={!isAllowed || path.trim() === ''}>
            {text.setRule}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
