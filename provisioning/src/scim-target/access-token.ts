import { isObject } from '@rollcall/scim';
import { type Call, TargetError } from '../target.ts';
import { parseBody } from './answer-error.ts';
import type { ScimCredentials } from './options.ts';
import type { Answer, Transport } from './transport.ts';

/** Milliseconds for a token whose answer does not say how long it is valid. */
const VALID_UNLESS_SAID = 600_000;
const MARGIN = 60_000;

export type ClientCredentials = Extract<ScimCredentials, { kind: 'clientCredentials' }>;

/** The access token of a client (RFC 6749 §4.4): fetched when it is needed, once for all who wait for it. */
export interface AccessToken {
  /** Errors: TargetError `Unauthorized` when the token endpoint refuses the client, or as `Transport.send`. */
  get(record: Call['record']): Promise<string>;
  /** The target did not accept it: the next `get` fetches another. */
  refused(token: string): void;
}

/** Keeps the token until a minute (or a tenth of its life) before it ends. */
export function openAccessToken(credentials: ClientCredentials, transport: Transport, now: () => number): AccessToken {
  // It is not the first caller's alone: the others go on waiting when that one gives up.
  const { signal } = new AbortController();
  let current: { readonly token: string; readonly until: number } | undefined;
  let fetching: Promise<string> | undefined;
  let isInBody = false;

  async function ask(record: Call['record'], inBody: boolean): Promise<Answer> {
    const { tokenUrl, clientId, clientSecret, scope } = credentials;
    if (!URL.canParse(tokenUrl)) throw new TargetError('Unauthorized', `The token URL ${tokenUrl} is not a URL`);
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (inBody) form.set('client_id', clientId);
    if (inBody) form.set('client_secret', clientSecret);
    if (scope !== null) form.set('scope', scope);
    const sent = transport.send(
      {
        method: 'POST',
        url: new URL(tokenUrl),
        authorization: inBody ? undefined : `Basic ${basic(formEncoded(clientId), formEncoded(clientSecret))}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: form.toString(),
      },
      { signal, record },
    );
    // What needed the token was not sent yet, so nothing of it is in doubt.
    return await sent.catch((error: unknown) => {
      if (!(error instanceof TargetError)) throw error;
      throw new TargetError(error.code, `The token endpoint: ${error.message}`, { status: error.status, cause: error });
    });
  }

  async function fetchToken(record: Call['record']): Promise<string> {
    let answer = await ask(record, isInBody);
    if ([400, 401, 403].includes(answer.status)) {
      const other = await ask(record, !isInBody);
      if (other.status === 200) isInBody = !isInBody;
      if (other.status === 200) answer = other;
    }
    const body = parseBody(answer.text);
    if (answer.status !== 200 || !isObject(body) || typeof body.access_token !== 'string') throw refusal(answer);
    const seconds = Number(body.expires_in);
    const life = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : VALID_UNLESS_SAID;
    current = { token: body.access_token, until: now() + life - Math.min(MARGIN, life / 10) };
    return body.access_token;
  }

  return {
    get(record) {
      if (current !== undefined && now() < current.until) return Promise.resolve(current.token);
      fetching ??= fetchToken(record).finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    refused(token) {
      if (current?.token === token) current = undefined;
    },
  };
}

/** What stands after `Basic`. */
export const basic = (name: string, secret: string): string => Buffer.from(`${name}:${secret}`).toString('base64');

/** RFC 6749 §2.3.1 encodes both parts as in a form before they are joined. */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function refusal(answer: Answer): TargetError {
  const body = parseBody(answer.text);
  const said = isObject(body) ? [body.error, body.error_description].filter((part) => typeof part === 'string') : [];
  const text = said.length === 0 ? `${answer.status} without a token` : said.join(': ');
  const { status } = answer;
  if (status === 429 || status >= 500) {
    return new TargetError('InternalServerError', `The token endpoint failed: ${text}`, { status });
  }
  return new TargetError('Unauthorized', `The token endpoint ${answer.url.host} gave no token: ${text}`, { status });
}
