/** One record of a CSV file (RFC 4180), quoted where it must be; `quoteAll` quotes every cell, which must mean the same. */
export function csvRow(cells: readonly string[], quoteAll = false): string {
  return `${cells.map((cell) => (quoteAll || /[",;\t\r\n]/.test(cell) ? quoted(cell) : cell)).join(',')}\r\n`;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
