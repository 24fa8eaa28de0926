import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** Where it is set. */
  readonly setBy?: string;
}

/** What is so, by name. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <Paper withBorder component="dl" className={classes.facts}>
      {facts.map(({ name, value, setBy }) => (
        <div key={name} className={classes.fact}>
          <Text component="dt" size="sm" fw={500}>
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} className="breakable">
            {value}
          </Text>
          {setBy === undefined ? null : (
            <Text component="dd" m={0} className="breakable" size="xs" ff="monospace">
              {setBy}
            </Text>
          )}
        </div>
      ))}
    </Paper>
  );
}
