import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { TargetError } from '../target.ts';
import type { Resolve, ResolvedAddress } from './options.ts';

/** Addresses that must never be called: they are this host in disguise, everybody, or hand out a cloud's credentials. */
const NEVER = blockList(
  ['0.0.0.0', 8], // "this network": connects to the host itself
  ['169.254.0.0', 16], // link-local, with the metadata services of most clouds
  ['100.100.100.200', 32], // metadata of Alibaba Cloud
  ['168.63.129.16', 32], // platform channel of Azure
  ['192.0.0.192', 32], // metadata of Oracle Cloud
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
  ['::', 128],
  ['fe80::', 10], // link-local
  ['ff00::', 8], // multicast
  ['fd00:ec2::', 32], // metadata of AWS
  ['fd20:ce::254', 128], // metadata of Google Cloud
);

const PRIVATE = blockList(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
  ['fec0::', 10],
);

export type AddressPolicy = 'any' | 'public';

/** Whether an IP address may be called; what is not an IP address may not. */
export function isAllowed(address: string, policy: AddressPolicy): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return false;
  if (family === 4) return passes(bare, 'ipv4', policy);
  const carried = carriedIpv4(bare);
  return passes(bare, 'ipv6', policy) && (carried === undefined || passes(carried, 'ipv4', policy));
}

/**
 * Refuses a URL whose host is written as an address that may not be called. Names are checked by `guardedLookup`, when
 * they are resolved. `URL` has already made `127.0.0.1` of `0x7f.1` and `2130706433`. Errors: TargetError `AddressRefused`.
 */
export function checkHost(url: URL, policy: AddressPolicy): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host, policy)) throw refused(host, [host]);
}

/** A `lookup` for sockets that hands out allowed addresses only, so that the checked address is the one connected to. */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve = resolveBySystem): LookupFunction {
  return (host, options, callback) => {
    const found = resolve(host, options).then((addresses) => {
      const allowed = addresses.filter(({ address }) => isAllowed(address, policy));
      const refusedOnes = addresses.map(({ address }) => address);
      const [first] = allowed;
      if (first === undefined) throw refused(host, refusedOnes);
      return { allowed, first };
    });
    found.then(
      ({ allowed, first }) =>
        options.all === true ? callback(null, [...allowed]) : callback(null, first.address, first.family),
      (error: Error) => callback(error, ''),
    );
  };
}

const resolveBySystem: Resolve = (host, options): Promise<readonly ResolvedAddress[]> =>
  systemLookup(host, { ...options, all: true });

function refused(host: string, addresses: readonly string[]): TargetError {
  const named = addresses.length === 1 && addresses[0] === host ? host : `${host} (${addresses.join(', ')})`;
  return new TargetError('AddressRefused', `${named} is an address that is not called`);
}

function passes(address: string, family: 'ipv4' | 'ipv6', policy: AddressPolicy): boolean {
  if (NEVER.check(address, family)) return false;
  return policy === 'any' || !PRIVATE.check(address, family);
}

/** The IPv4 address inside an IPv6 one: mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056). */
function carriedIpv4(address: string): string | undefined {
  const groups = ipv6Groups(address);
  const at = (index: number) => groups[index] ?? 0;
  const dotted = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (at(0) === 0x2002) return dotted(at(1), at(2));
  const isNat64 = at(0) === 0x64 && at(1) === 0xff9b;
  const beginsWithZeros = groups.slice(0, 4).every((group) => group === 0);
  const isMapped = beginsWithZeros && (at(4) === 0xffff || at(5) === 0xffff);
  const isCompatible = beginsWithZeros && at(4) === 0 && at(5) === 0 && at(6) !== 0;
  return isNat64 || isMapped || isCompatible ? dotted(at(6), at(7)) : undefined;
}

/** The eight groups of a valid IPv6 address. */
function ipv6Groups(address: string): readonly number[] {
  // A URL writes a dotted tail as two groups.
  const host = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = host.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return numbers(head);
  const zeros = 8 - numbers(head).length - numbers(tail).length;
  return [...numbers(head), ...Array.from({ length: zeros }, () => 0), ...numbers(tail)];
}

function blockList(...subnets: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}
