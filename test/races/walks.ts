/** Walks that are tried while others write: the query, and which survivors (by their number) it must meet. */
export const WALKS: readonly {
  readonly name: string;
  readonly query: string;
  readonly meets: (index: number) => boolean;
}[] = [
  { name: 'in order of creation', query: '', meets: () => true },
  { name: 'sorted by userName', query: 'sortBy=userName', meets: () => true },
  { name: 'sorted by userName, descending', query: 'sortBy=userName&sortOrder=descending', meets: () => true },
  { name: 'sorted by a value that many share', query: 'sortBy=name.familyName', meets: () => true },
  { name: 'filtered', query: 'filter=title%20eq%20%22Even%22', meets: (index) => index % 2 === 0 },
  {
    name: 'filtered and sorted',
    query: 'filter=userName%20sw%20%22stays-%22%20and%20title%20eq%20%22Odd%22&sortBy=userName',
    meets: (index) => index % 2 === 1,
  },
];
