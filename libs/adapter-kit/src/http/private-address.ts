import { lookup } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { credentialsRejected, type AdapterError } from '../errors';

const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv6');
}

/** IPv4 written as IPv6 (`::ffff:7f00:1`) counts as what it is. */
export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const refusal = (host: string): AdapterError =>
  credentialsRejected(`The base URL names ${host}, which is in a private network. Set KONTAKTOR_ALLOW_PRIVATE_URLS=true if that is meant.`);

/** @throws AdapterError when the base URL names a private address itself; names are looked at when they are resolved */
export function refusePrivateLiteral(baseUrl: URL): void {
  const host = baseUrl.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refusal(host);
}

/** Looks a URL's host up, for callers that make the connection themselves. @throws AdapterError when it is in a private network */
export async function refusePrivateAddress(url: URL): Promise<void> {
  refusePrivateLiteral(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A name that cannot be resolved points nowhere; the connection says so.
  const addresses = await lookUp(host, { all: true }).catch(() => []);
  if (addresses.some(({ address }) => isPrivateAddress(address))) throw refusal(host);
}

/** Resolves names for connections and refuses those that point into a private network, each time anew: what was checked is what is used. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(refusal(hostname), '');
    const [first] = addresses;
    if (options.all === true) return callback(null, addresses);
    callback(null, first?.address ?? '', first?.family);
  });
};
