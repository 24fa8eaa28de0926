/** The absolute URI of a discovery resource below a base URL, which may end with a slash or not. */
export function locationOf(baseUrl: string, path: string): string {
  return `${baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl}/${path}`;
}
