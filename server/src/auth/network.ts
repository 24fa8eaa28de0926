import { BlockList, isIP } from 'node:net';

/**
 * `::ffff:192.0.2.1`, as a dual-stack socket shows an IPv4 peer, becomes `192.0.2.1`. A zone is dropped, and a port,
 * which some proxies write into `X-Forwarded-For`.
 */
export function plainAddress(address: string): string {
  const host = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d[\d.]+):\d+$/.exec(address)?.[1] ?? address;
  const plain = host.replace(/%.*$/, '');
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(plain);
  return mapped?.[1] ?? plain;
}

/** Whether a text is a network that `networkList` understands: an address, or one with a prefix length. */
export function isNetwork(text: string): boolean {
  return parse(text) !== undefined;
}

/** Answers whether an address lies in one of the networks (CIDR or single addresses, IPv4 and IPv6). */
export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of networks) {
    const network = parse(text);
    if (network !== undefined) list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function parse(text: string) {
  const [address = '', prefixText, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes('%')) return undefined;
  const bits = version === 4 ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return undefined;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return undefined;
  const family = version === 4 ? ('ipv4' as const) : ('ipv6' as const);
  return { address, prefix, family };
}
