/** Who can reach a URL of ours: whoever is on the internet by https, or fewer. */
export type Reach = 'internet' | 'loopback' | 'local' | 'plain';

/**
 * Judges the address that an identity provider in the cloud is to reach. A name without a dot, and those of the private
 * ranges (RFC 1918, RFC 4193, RFC 6762), are known in one network alone; what a public name resolves to is not looked at.
 */
export function reachOf(url: string): Reach {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host.startsWith('127.'))
    return 'loopback';
  if (isLocal(host)) return 'local';
  return protocol === 'https:' ? 'internet' : 'plain';
}

function isLocal(host: string): boolean {
  if (host.includes(':')) return /^f[cd]|^fe[89ab]/.test(host);
  if (/^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^0\.0\.0\.0$/.test(host)) return true;
  return !host.includes('.') || /\.(local|internal|lan|home|corp)$/.test(host);
}
