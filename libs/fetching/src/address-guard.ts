import ipaddr from 'ipaddr.js';
import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A request would have gone to an address that a source on the public internet never has. */
export class BlockedAddress extends Error {
  constructor(
    readonly host: string,
    readonly address: string,
  ) {
    super(`${host} is at ${address}, which is not a public address`);
    this.name = 'BlockedAddress';
  }
}

/** Ranges of IPv6 that carry an IPv4 address inside: a tunnel into the private net. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');

/**
 * Whether an IP address is one of the public internet. Private, loopback, link-local (there live the clouds' metadata services),
 * carrier-grade NAT (100.100.100.200 is a metadata service too), multicast, reserved and tunnelled addresses are not.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // ::ffff:10.0.0.1 becomes 10.0.0.1
  if (parsed.kind() === 'ipv6' && (parsed as ipaddr.IPv6).match(NAT64)) return false;
  return parsed.range() === 'unicast';
}

/** The IP address when the host of a URL is one, without the brackets of IPv6; null for a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
}

/** host:port in lower case, with the scheme's own port where none is given: the form of HUIYING_FETCH_ALLOW. */
export function hostAndPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname.toLowerCase()}:${port}`;
}

type ManyLookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for net.connect that answers public addresses only. The check stands between the name and the connection:
 * a name that pointed elsewhere a moment ago (DNS rebinding) is checked again by the very answer that is connected to.
 */
export function guardedLookup(lookup: ManyLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter((a) => isPublicAddress(a.address));
      const first = open[0];
      if (!first) return callback(new BlockedAddress(hostname, addresses[0]?.address ?? 'no address'), '', 0);
      if (options.all) return callback(null, open);
      callback(null, first.address, first.family);
    });
  };
}
