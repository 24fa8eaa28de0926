import { Input, Stack } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { useText } from '../../language/use-text.ts';
import { callAt } from './caret.ts';
import { type Completion, completed, completionsAt } from './completion.ts';
import { CompletionList, optionId } from './completion-list.tsx';
import type { FieldProblem, Side } from './draft.ts';
import classes from './expression-editor.module.css';
import { markedAt, placeOf, syntaxProblem } from './expression-problem.ts';
import { ExpressionTrial } from './expression-trial.tsx';
import { FunctionHelp } from './function-help.tsx';
import type { ExpressionFunctions } from './functions.ts';

interface Props {
  readonly slug: string;
  readonly side: Side;
  readonly value: string;
  /** Names that stand in brackets. */
  readonly attributes: readonly string[];
  /** Said when there is no expression and there has to be one. */
  readonly missing: string | undefined;
  /** What the server said of the saved text. */
  readonly problem: FieldProblem | undefined;
  onChange(value: string): void;
}

/** An expression is written with completion, explained while it is, and tried with a person. */
export function ExpressionEditor(props: Props) {
  const { slug, side, value, attributes, missing, problem, onChange } = props;
  const text = useText().mappings;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(value.length);
  const [list, setList] = useState({ opened: false, asked: false, active: 0 });
  const pending = useRef<number>(undefined);
  const query = useQuery({ ...apiQuery<ExpressionFunctions>(['expression-functions']), staleTime: Infinity });
  const functions = query.data?.functions ?? [];
  const known = { functions, attributes };
  const options = list.opened ? completionsAt(value, caret, known, list.asked) : [];
  const active = Math.min(list.active, options.length - 1);

  // The caret can be put behind what was completed only when that is in the page.
  useLayoutEffect(() => {
    if (pending.current === undefined) return;
    area.current?.setSelectionRange(pending.current, pending.current);
    pending.current = undefined;
  });

  const choose = (completion: Completion | undefined) => {
    if (completion === undefined) return;
    const result = completed(value, caret, completion, known);
    pending.current = result.caret;
    setCaret(result.caret);
    setList({ opened: false, asked: false, active: 0 });
    onChange(result.text);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === ' ' && event.ctrlKey) setList({ opened: true, asked: true, active: 0 });
    else if (options.length === 0) return;
    else if (event.key === 'ArrowDown') setList({ ...list, active: (active + 1) % options.length });
    else if (event.key === 'ArrowUp') setList({ ...list, active: (active + options.length - 1) % options.length });
    else if (event.key === 'Enter' || event.key === 'Tab') choose(options[active]);
    else if (event.key === 'Escape') setList({ opened: false, asked: false, active: 0 });
    else return;
    event.preventDefault();
  };

  const syntax = syntaxProblem(value);
  const found = syntax ?? (problem?.position === undefined ? undefined : { ...problem, position: problem.position });
  const isWriting = options.length > 0;
  const shown = isWriting ? undefined : found;
  const place = shown === undefined ? undefined : placeOf(value, shown.position);
  const error =
    missing ??
    (shown !== undefined && place !== undefined
      ? text.problemAt(place.line, place.column, shown.message)
      : problem?.message);
  const [before, marked, after] = markedAt(value, shown?.position ?? 0);
  return (
    <Stack gap="xs">
      <Input.Wrapper
        id={id}
        label={text.expression}
        required
        description={text.expressionHint}
        error={isWriting ? undefined : error}
        errorProps={{ id: `${id}-error`, role: 'status' }}
        descriptionProps={{ id: `${id}-description` }}
      >
        <div className={classes.box}>
          <pre className={classes.mirror} aria-hidden>
            {shown === undefined ? (
              value
            ) : (
              <>
                {before}
                <span className={classes.mark}>{marked}</span>
                {after}
              </>
            )}{' '}
          </pre>
          <textarea
            id={id}
            ref={area}
            className={classes.text}
            value={value}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            required
            aria-invalid={!isWriting && error !== undefined}
            aria-describedby={`${id}-description${error === undefined || isWriting ? '' : ` ${id}-error`}`}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={isWriting ? `${id}-list` : undefined}
            aria-activedescendant={isWriting ? optionId(`${id}-list`, active) : undefined}
            data-mantine-stop-propagation={isWriting ? 'true' : undefined}
            onChange={(event) => {
              setCaret(event.currentTarget.selectionStart);
              setList({ opened: true, asked: false, active: 0 });
              onChange(event.currentTarget.value);
            }}
            onSelect={(event) => {
              const at = event.currentTarget.selectionStart;
              if (at !== caret && !list.asked) setList({ ...list, opened: list.opened && at === caret });
              setCaret(at);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setList({ opened: false, asked: false, active: 0 })}
          />
          <CompletionList
            id={`${id}-list`}
            label={text.completions}
            options={options}
            active={active}
            functions={functions}
            onChoose={choose}
          />
        </div>
      </Input.Wrapper>
      <FunctionHelp functions={functions} call={callAt(value, caret)} />
      <ExpressionTrial slug={slug} side={side} expression={value} isReadable={syntax === undefined} />
    </Stack>
  );
}
