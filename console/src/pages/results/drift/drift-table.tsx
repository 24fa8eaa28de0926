import { Badge, Button, Menu, Paper, ScrollArea, Table, Text, VisuallyHidden } from '@mantine/core';
import type { DriftItemView } from '@rollcall/server/contract';
import type { ReactNode } from 'react';
import { Moment } from '../../../components/moment.tsx';
import { useText } from '../../../language/use-text.ts';
import { ObjectLink } from '../object-link.tsx';
import { nameOf } from '../staged/staged-name.ts';
import { shortPath } from '../value-text.ts';
import { RULES, type Rule, type Wish } from './drift-queries.ts';
import { driftText } from './drift-text.ts';

interface Props {
  readonly slug: string;
  readonly items: readonly DriftItemView[];
  readonly isAllowed: boolean;
  readonly mayRule: boolean;
  readonly isPending: boolean;
  readonly empty: ReactNode;
  onDecide(wish: Wish): void;
  onRule(path: string, rule: Rule): void;
}

const DECISIONS = ['push', 'accept', 'ignore'] as const;

/** Each difference with what was expected and what was found; the person decides in a menu. */
export function DriftTable({ slug, items, isAllowed, mayRule, isPending, empty, onDecide, onRule }: Props) {
  const all = useText();
  const text = all.results;
  if (items.length === 0) return <>{empty}</>;
  return (
    <Paper withBorder>
      <ScrollArea tabIndex={0} role="region" aria-label={text.differences}>
        <Table miw={820} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.object}</Table.Th>
              <Table.Th>{text.attribute}</Table.Th>
              <Table.Th>{text.expected}</Table.Th>
              <Table.Th>{text.found}</Table.Th>
              <Table.Th>{text.metFirst}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{text.decide}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => {
              const { type, id, label, path, kind, expected, found, sinceAt } = item;
              const object = nameOf(item);
              return (
                <Table.Tr key={`${object} ${path}`}>
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
                    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
                      <Menu.Target>
                        <Button
                          size="compact-sm"
                          variant="default"
                          disabled={!isAllowed || isPending}
                          title={isAllowed ? undefined : all.general.mayNot}
                          aria-label={text.decideOf(label, shortPath(path))}
                        >
                          {text.decide}
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Label>{text.thisAttribute}</Menu.Label>
                        {DECISIONS.map((decision) => (
                          <Menu.Item
                            key={decision}
                            onClick={() => onDecide({ decision, objects: [object], attribute: path })}
                          >
                            {text.decisionOf[decision]}
                          </Menu.Item>
                        ))}
                        <Menu.Divider />
                        <Menu.Label>{text.wholeObject(label)}</Menu.Label>
                        {DECISIONS.map((decision) => (
                          <Menu.Item key={decision} onClick={() => onDecide({ decision, objects: [object] })}>
                            {text.decisionOf[decision]}
                          </Menu.Item>
                        ))}
                        <Menu.Divider />
                        <Menu.Label>{text.everyObject(shortPath(path))}</Menu.Label>
                        {RULES.map((rule) => (
                          <Menu.Item key={rule} disabled={!mayRule} onClick={() => onRule(path, rule)}>
                            {text.rule[rule]}
                          </Menu.Item>
                        ))}
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Paper>
  );
}
