/** How paths are matched; for every listener. */
export const routerOptions = {
  // Base URLs are pasted by hand: `https://host//scim/...` means what it looks like (http/address reads the rest).
  ignoreDuplicateSlashes: true,
  // URNs and ids in a path are as long as they are: longer than any URL that Node takes.
  maxParamLength: 100_000,
};
