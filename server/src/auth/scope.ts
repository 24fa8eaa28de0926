import type { TokenScope } from '../store/contract.ts';

/** Everything: credentials without a scope of their own. */
export const FULL_SCOPE: TokenScope = { '*': 'write' };

/** Whether a scope allows reading or writing a resource type. Writing includes reading; `*` is any type not named. */
export function allows(scope: TokenScope, resourceType: string, access: 'read' | 'write'): boolean {
  const granted = Object.hasOwn(scope, resourceType) ? scope[resourceType] : scope['*'];
  return granted === 'write' || granted === access;
}
