/** What a connection is made of, in the order in which it is tried. */
export const CHECKS = ['url', 'tls', 'credentials', 'dialect'] as const;
export type Check = (typeof CHECKS)[number];

export type Faults = 'url' | 'dns' | 'network' | 'tls' | 'credentials' | 'rights' | 'dialect' | 'address';

const CHECK_OF: Readonly<Record<Faults, Check>> = {
  url: 'url',
  dns: 'url',
  network: 'url',
  address: 'url',
  tls: 'tls',
  credentials: 'credentials',
  rights: 'credentials',
  dialect: 'dialect',
};

export const isFault = (fault: string | null): fault is Faults => fault !== null && Object.hasOwn(CHECK_OF, fault);

/**
 * How far a connection got before it failed: what comes before the fault is right, what comes after was not reached.
 * TLS is left out of an address without it. A wrong path shows after TLS, and before anything is known of the rest.
 */
export function checksOf(
  fault: Faults,
  baseUrl: string,
): readonly { readonly check: Check; readonly result: 'passed' | 'wrong' | 'notReached' }[] {
  const wanted = CHECKS.filter((check) => check !== 'tls' || /^https:/i.test(baseUrl));
  const at = wanted.indexOf(CHECK_OF[fault]);
  return wanted.map((check, index) => ({
    check,
    result: index === at ? 'wrong' : index < at || (fault === 'url' && check === 'tls') ? 'passed' : 'notReached',
  }));
}
