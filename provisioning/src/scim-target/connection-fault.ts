import { ERRORS } from '../error.ts';
import { TargetError } from '../target.ts';
import { AnsweredError } from './answer-error.ts';
import { errorCodes, isTls } from './transport-failure.ts';
import type { ConnectionFault } from './verdict.ts';

/** What is at fault, and what to do about it. */
export interface Finding {
  readonly fault: ConnectionFault | null;
  readonly message: string;
}

const PRIVATE_AUTHORITY = /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/;

/** Explains why the first request of a test failed. `base` is the URL that was entered, `last` the one that was asked last. */
export function explain(error: unknown, base: URL, last: URL | undefined): Finding {
  if (!(error instanceof Error) || (!(error instanceof TargetError) && error.name !== 'TimeoutError')) throw error;
  if (!(error instanceof TargetError)) {
    return {
      fault: 'network',
      message: `${base.host} did not answer within the time of the test. ${ERRORS.Timeout.advice}`,
    };
  }
  if (last !== undefined && last.origin !== base.origin && error.status !== undefined)
    return redirected(error, base, last);
  if (error instanceof AnsweredError) return answered(error, base);
  if (error.code === 'AddressRefused')
    return { fault: 'address', message: `${error.message}. ${ERRORS.AddressRefused.advice}` };
  if (error.code === 'Unauthorized')
    return { fault: 'credentials', message: `${error.message}. ${ERRORS.Unauthorized.advice}` };
  if (error.status !== undefined || error.code === 'ServiceIncompatible') {
    return { fault: 'url', message: `${error.message}. ${ERRORS.ServiceIncompatible.advice}` };
  }
  return unreachable(error, base);
}

function redirected(error: TargetError, base: URL, last: URL): Finding {
  if (last.protocol === 'https:' && base.protocol === 'http:' && last.hostname === base.hostname) {
    return { fault: 'url', message: `${base.host} redirects to https. Enter the URL with https://.` };
  }
  const message =
    `It redirects to ${last.origin}${last.pathname}, where the credentials are not sent (${error.message}). ` +
    'If that is a login page, the URL is one for browsers: enter the base of the SCIM API. If it is the API, enter it.';
  return { fault: 'url', message };
}

function answered(error: AnsweredError, base: URL): Finding {
  const { status = 0, message, detail } = error;
  if (status === 401)
    return { fault: 'credentials', message: `It does not accept the credentials (${message}). Enter valid ones.` };
  if (status === 403)
    return {
      fault: 'rights',
      message: `The credentials may not do this (${message}). ${ERRORS.InsufficientRights.advice}`,
    };
  if (base.protocol === 'http:' && /HTTP request .*HTTPS/i.test(detail)) {
    return { fault: 'tls', message: `${base.host} wants TLS on this port. Enter the URL with https://.` };
  }
  if (status === 404 || status === 410)
    return {
      fault: 'url',
      message: `There is no SCIM API at ${base.href} (${message}). ${ERRORS.ServiceIncompatible.advice}`,
    };
  if (status === 429) return { fault: null, message: `It is asked too much already (${message}). Test again later.` };
  if (status >= 500)
    return { fault: null, message: `It was reached, but failed (${message}). Look into its log, then test again.` };
  if (status >= 300 && status < 400)
    return { fault: 'url', message: `It redirects (${message}). Enter the URL that it redirects to.` };
  if (!error.isFromService)
    return { fault: 'url', message: `What answers is not SCIM (${message}). ${ERRORS.ServiceIncompatible.advice}` };
  return {
    fault: 'dialect',
    message: `It refuses to search and to list users (${message}). Ask its maker whether it is SCIM 2.0.`,
  };
}

function unreachable(error: TargetError, base: URL): Finding {
  const codes = errorCodes(error);
  const message = error.message;
  if (codes.some((code) => code === 'ENOTFOUND' || code.startsWith('EAI_'))) {
    return {
      fault: 'dns',
      message: `${message}. Check the name in the URL, and the DNS of the machine that Rollcall runs on.`,
    };
  }
  if (/does not speak TLS/.test(message)) {
    return { fault: 'tls', message: `${message}. Enter the URL with http://, or the port that has TLS.` };
  }
  if (codes.some((code) => PRIVATE_AUTHORITY.test(code))) {
    const advice =
      'Let it send a certificate of a known authority, or name yours in NODE_EXTRA_CA_CERTS when Rollcall starts.';
    return { fault: 'tls', message: `${message}. ${advice}` };
  }
  if (codes.some(isTls))
    return { fault: 'tls', message: `${message}. Let its owner install a valid certificate for this name.` };
  if (base.protocol === 'http:' && codes.some((code) => /^(HPE_|UND_ERR_SOCKET|ECONNRESET)/.test(code))) {
    return { fault: 'tls', message: `${message}. Perhaps this port wants TLS: try the URL with https://.` };
  }
  if (error.code === 'Timeout') {
    return { fault: 'network', message: `${message}. Check name, port and firewall between Rollcall and it.` };
  }
  return {
    fault: 'network',
    message: `${message}. Check name and port, whether it runs, and the firewall in between.`,
  };
}
