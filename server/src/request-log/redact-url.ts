import { REMOVED, redactText } from './redact-text.ts';
import { isSecretName, mentionsSecret } from './secret-name.ts';

/** Removes secret parameters (`access_token`, a `filter` that speaks of passwords) and tokens from a path and query. */
export function redactUrl(url: string): string {
  const mark = url.indexOf('?');
  if (mark < 0) return redactText(url);
  const parameters = url
    .slice(mark + 1)
    .split('&')
    .map(redactParameter);
  return redactText(`${url.slice(0, mark)}?${parameters.join('&')}`);
}

function redactParameter(parameter: string): string {
  const equals = parameter.indexOf('=');
  if (equals < 0) return parameter;
  const name = decode(parameter.slice(0, equals));
  const isSecret =
    isSecretName(name) || (name.toLowerCase() === 'filter' && mentionsSecret(decode(parameter.slice(equals + 1))));
  return isSecret ? `${parameter.slice(0, equals)}=${REMOVED}` : parameter;
}

/** Byte by byte, so that a bad sequence hides nothing: names of secrets are ASCII. */
function decode(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
