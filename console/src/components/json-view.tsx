import { Box, UnstyledButton } from '@mantine/core';
import { useState } from 'react';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

// What is deeper or longer is folded at first: a group of 100,000 members must not become 100,000 lines.
const OPEN_DEPTH = 3;
const OPEN_ENTRIES = 50;
const MORE = 200;

/** JSON that can be folded, highlighted. Text that is not JSON is shown as it is. */
export function JsonView({ text, label }: { readonly text: string; readonly label: string }) {
  const value = parse(text);
  return (
    <Box
      component="pre"
      className="breakable"
      fz="xs"
      m={0}
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{ whiteSpace: 'pre-wrap', fontFamily: 'var(--mantine-font-family-monospace)' }}
    >
      {value === undefined ? text : <Value value={value} depth={0} />}
    </Box>
  );
}

function parse(text: string): Json | undefined {
  try {
    // Whatever JSON.parse makes is Json.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const COLOURS = {
  string: 'light-dark(color-mix(in srgb, var(--mantine-color-green-9), black 35%), var(--mantine-color-green-4))',
  number: 'light-dark(var(--mantine-color-blue-9), var(--mantine-color-blue-4))',
  boolean: 'light-dark(var(--mantine-color-grape-9), var(--mantine-color-grape-3))',
} as const;

function Value({ value, depth }: { readonly value: Json; readonly depth: number }) {
  if (value === null) return <span style={{ color: COLOURS.boolean }}>null</span>;
  if (typeof value === 'string') return <span style={{ color: COLOURS.string }}>{JSON.stringify(value)}</span>;
  if (typeof value === 'number') return <span style={{ color: COLOURS.number }}>{String(value)}</span>;
  if (typeof value === 'boolean') return <span style={{ color: COLOURS.boolean }}>{String(value)}</span>;
  return <Container value={value} depth={depth} />;
}

function Container({
  value,
  depth,
}: {
  readonly value: Exclude<Json, null | boolean | number | string>;
  readonly depth: number;
}) {
  const isList = Array.isArray(value);
  const entries: readonly [string, Json][] = Object.entries(value);
  const [opened, setOpened] = useState(depth < OPEN_DEPTH && entries.length <= OPEN_ENTRIES);
  const [shown, setShown] = useState(MORE);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return <>{`${open}${close}`}</>;
  const indent = '  '.repeat(depth + 1);
  return (
    <>
      <UnstyledButton
        fz="xs"
        ff="monospace"
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
        style={{ textDecoration: 'underline dotted', textUnderlineOffset: 3 }}
      >
        {opened ? open : `${open} … ${entries.length} ${close}`}
      </UnstyledButton>
      {opened ? (
        <>
          {entries.slice(0, shown).map(([name, entry], index) => (
            <span key={name}>
              {`\n${indent}`}
              {isList ? null : <b>{JSON.stringify(name)}: </b>}
              <Value value={entry} depth={depth + 1} />
              {index < entries.length - 1 ? ',' : ''}
            </span>
          ))}
          {entries.length > shown ? (
            <>
              {`\n${indent}`}
              <UnstyledButton fz="xs" ff="monospace" td="underline" onClick={() => setShown(shown + MORE)}>
                {`… ${entries.length - shown}`}
              </UnstyledButton>
            </>
          ) : null}
          {`\n${'  '.repeat(depth)}${close}`}
        </>
      ) : null}
    </>
  );
}
