/** The secret of a one-time link: it follows the `#`, so that no server and no log sees it. */
export const linkToken = (): string => decodeURIComponent(window.location.hash.slice(1));
