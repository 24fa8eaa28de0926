import { Button, Menu } from '@mantine/core';
import type { DriftItemView } from '@rollcall/server/contract';
import { useText } from '../../../language/use-text.ts';
import { nameOf } from '../staged/staged-name.ts';
import { shortPath } from '../value-text.ts';
import { DECISIONS, RULES, type Rule, type Wish } from './drift-queries.ts';

interface Props {
  readonly item: DriftItemView;
  readonly isAllowed: boolean;
  readonly mayRule: boolean;
  onDecide(wishes: readonly Wish[]): void;
  onRule(path: string, rule: Rule): void;
}

/** What can be decided about one difference: of this attribute, of the whole object, or of the attribute everywhere. */
export function DriftMenu({ item, isAllowed, mayRule, onDecide, onRule }: Props) {
  const text = useText().results;
  const { label, path } = item;
  const object = nameOf(item);
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!isAllowed}
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
            aria-label={`${text.decisionOf[decision]}, ${text.thisAttribute}`}
            onClick={() => onDecide([{ decision, objects: [object], attribute: path }])}
          >
            {text.decisionOf[decision]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text.wholeObject(label)}</Menu.Label>
        {DECISIONS.map((decision) => (
          <Menu.Item
            key={decision}
            aria-label={`${text.decisionOf[decision]}, ${text.wholeObject(label)}`}
            onClick={() => onDecide([{ decision, objects: [object] }])}
          >
            {text.decisionOf[decision]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text.everyObject(shortPath(path))}</Menu.Label>
        {RULES.map((rule) => (
          <Menu.Item
            key={rule}
            aria-label={`${text.rule[rule]}, ${text.everyObject(shortPath(path))}`}
            disabled={!mayRule}
            onClick={() => onRule(path, rule)}
          >
            {text.rule[rule]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
