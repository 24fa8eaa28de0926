/** `404` is one status, `4xx` a hundred; undefined for what is neither. */
export function statusRange(status: string): { from: number; to: number } | undefined {
  if (/^[1-5]\d\d$/.test(status)) return { from: Number(status), to: Number(status) };
  if (!/^[1-5]xx$/i.test(status)) return undefined;
  const from = Number(status.charAt(0)) * 100;
  return { from, to: from + 99 };
}
