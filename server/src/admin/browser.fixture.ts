/** A browser as the admin API sees it: it keeps cookies, and says that the request is the console's own. */
export interface TestBrowser {
  /** Its cookies, by name. */
  readonly cookies: Map<string, string>;
  /** What the last answers set, as they were sent. */
  readonly setCookies: string[];
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; null when there is none. */
  readonly json: unknown;
}

/** A browser that has visited nothing yet; `origin` is where Rollcall is. */
export function openBrowser(origin: string): TestBrowser {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];
  return {
    cookies,
    setCookies,
    async send(method, path, body, headers = {}) {
      const sent = new Headers({ 'x-rollcall-console': '1', 'sec-fetch-site': 'same-origin', ...headers });
      if (cookies.size > 0) sent.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      if (body !== undefined) sent.set('content-type', 'application/json');
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(new URL(path, origin), { method, headers: sent, redirect: 'manual', ...content });
      for (const cookie of answer.headers.getSetCookie()) {
        setCookies.push(cookie);
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/Max-Age=0|expires=Thu, 01 Jan 1970/.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await answer.text();
      const isJson = /\bjson/.test(answer.headers.get('content-type') ?? '');
      return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : null };
    },
  };
}
