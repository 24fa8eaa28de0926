import { Code } from '@mantine/core';
import { markedParts } from './marked-parts.ts';

/** A sentence in which `**words**` are bold, as another console says them, and `` `code` `` is what is typed. */
export function Marked({ text }: { readonly text: string }) {
  return markedParts(text).map(({ kind, text: part, at }) => {
    if (kind === 'bold') return <b key={at}>{part}</b>;
    if (kind === 'code') return <Code key={at}>{part}</Code>;
    return <span key={at}>{part}</span>;
  });
}
