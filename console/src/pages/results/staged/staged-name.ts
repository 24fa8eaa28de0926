/** As the API is told which object is meant. */
export const nameOf = ({ type, id }: { readonly type: 'User' | 'Group'; readonly id: string }): string =>
  `${type === 'User' ? 'user' : 'group'}:${id}`;
