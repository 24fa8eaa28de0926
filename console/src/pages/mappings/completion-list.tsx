import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Completion } from './completion.ts';
import classes from './expression-editor.module.css';
import { type ExpressionFunction, parameterText } from './functions.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Completion[];
  readonly active: number;
  readonly functions: readonly ExpressionFunction[];
  onChoose(completion: Completion): void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** What can be written at the caret. The focus stays in the text: the keyboard is handled there. */
export function CompletionList({ id, label, options, active, functions, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${optionId(id, active)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  if (options.length === 0) return null;
  return (
    <div role="listbox" id={id} aria-label={label} className={classes.list} ref={list} tabIndex={-1}>
      {options.map((option, index) => (
        <div
          key={`${option.kind} ${option.name}`}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={classes.option}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(option);
          }}
        >
          <Text size="sm" ff="monospace" span>
            {option.kind === 'attribute' ? `[${option.name}]` : signature(option.name, functions)}
          </Text>
        </div>
      ))}
    </div>
  );
}

function signature(name: string, functions: readonly ExpressionFunction[]): string {
  const parameters = functions.find((one) => one.name === name)?.parameters ?? [];
  return `${name}(${parameters.map(parameterText).join(', ')})`;
}
