type Raw = Readonly<Record<string, unknown>>;

/**
 * Makes a route's `validateSearch` of a function that reads an address and leaves out what makes no sense. The router
 * gives pages what an address says wherever a validated search is silent, so each of those is said to be undefined.
 */
export function searchReader<T extends object>(read: (raw: Raw) => T): (raw: Raw) => Partial<T> {
  return (raw) => {
    const silenced = Object.fromEntries(Object.keys(raw).map((name) => [name, undefined]));
    return { ...silenced, ...read(raw) };
  };
}

/** Whether an address says anything that a page understands. */
export const saysAnything = (search: object): boolean => Object.values(search).some((value) => value !== undefined);
