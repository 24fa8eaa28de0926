import { Badge, Checkbox, Group, Paper, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import type { DriftItemView } from '@rollcall/server/contract';
import { type ReactNode, useState } from 'react';
import { Moment } from '../../../components/moment.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { ObjectLink } from '../object-link.tsx';
import { nameOf } from '../staged/staged-name.ts';
import { shortPath } from '../value-text.ts';
import { DriftMenu } from './drift-menu.tsx';
import { DECISIONS, type Rule, type Wish } from './drift-queries.ts';
import { driftText } from './drift-text.ts';
import { wishesOf } from './wishes.ts';

interface Props {
  readonly slug: string;
  readonly items: readonly DriftItemView[];
  readonly isAllowed: boolean;
  readonly mayRule: boolean;
  readonly isPending: boolean;
  readonly empty: ReactNode;
  onDecide(wishes: readonly Wish[]): void;
  onRule(path: string, rule: Rule): void;
}

/** Each difference with what was expected and what was found; the person decides in a menu. */
export function DriftTable({ slug, items, isAllowed, mayRule, isPending, empty, onDecide, onRule }: Props) {
  const all = useText();
  const text = all.results;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  if (items.length === 0) return <>{empty}</>;
  const chosen = items.filter((item) => selected.has(keyOf(item)));
  const select = (keys: readonly string[], isSelected: boolean) => {
    const next = new Set(selected);
    for (const key of keys) isSelected ? next.add(key) : next.delete(key);
    setSelected(next);
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Checkbox
          label={text.selectAll}
          checked={chosen.length === items.length}
          indeterminate={chosen.length > 0 && chosen.length < items.length}
          onChange={(event) => select(items.map(keyOf), event.currentTarget.checked)}
        />
        <Group gap="xs">
          {DECISIONS.map((decision) => (
            <ReasonedButton
              key={decision}
              size="xs"
              variant="light"
              disabled={isPending || chosen.length === 0}
              reason={isAllowed ? undefined : all.general.mayNot}
              onClick={() => {
                onDecide(wishesOf(chosen, decision));
                setSelected(new Set());
              }}
            >
              {text.decideChosen(text.decisionOf[decision], chosen.length)}
            </ReasonedButton>
          ))}
        </Group>
      </Group>
      <Paper withBorder>
        <ScrollTable
          label={text.differences}
          miw={820}
          highlightOnHover
          head={
            <>
              <Table.Th w={36}>
                <VisuallyHidden>{text.selected}</VisuallyHidden>
              </Table.Th>
              <Table.Th>{text.object}</Table.Th>
              <Table.Th>{text.attribute}</Table.Th>
              <Table.Th>{text.expected}</Table.Th>
              <Table.Th>{text.found}</Table.Th>
              <Table.Th>{text.metFirst}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{text.decide}</VisuallyHidden>
              </Table.Th>
            </>
          }
        >
          {items.map((item) => {
            const { type, id, label, path, kind, expected, found, sinceAt } = item;
            return (
              <Table.Tr key={keyOf(item)}>
                <Table.Td>
                  <Checkbox
                    size="xs"
                    aria-label={text.selectOf(`${label}, ${shortPath(path)}`)}
                    checked={selected.has(keyOf(item))}
                    onChange={(event) => select([keyOf(item)], event.currentTarget.checked)}
                  />
                </Table.Td>
                <Table.Td className="breakable">
                  <ObjectLink slug={slug} type={type} id={id} label={label} />
                </Table.Td>
                <Table.Td title={path}>
                  {shortPath(path)}{' '}
                  {kind === 'value' || kind === 'members' ? null : (
                    <Badge size="xs" variant="default" tt="none">
                      {text.driftKind[kind]}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td maw={220}>
                  <Text size="sm" className="breakable" lineClamp={3}>
                    {driftText(text, expected)}
                  </Text>
                </Table.Td>
                <Table.Td maw={220}>
                  <Text size="sm" className="breakable" lineClamp={3}>
                    {driftText(text, found)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Moment date={sinceAt} />
                </Table.Td>
                <Table.Td ta="right">
                  <DriftMenu
                    item={item}
                    isAllowed={isAllowed && !isPending}
                    mayRule={mayRule}
                    onDecide={onDecide}
                    onRule={onRule}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </ScrollTable>
      </Paper>
    </Stack>
  );
}

const keyOf = (item: DriftItemView): string => `${nameOf(item)} ${item.path}`;
