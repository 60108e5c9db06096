import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { credentialsRejected } from '../errors';

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
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv6');

export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return privateNetworks.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** Looked up after DNS: a public name that points into a private network is refused too. @throws AdapterError */
export async function refusePrivateAddress(baseUrl: URL): Promise<void> {
  const host = baseUrl.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
  if (addresses.some(({ address }) => isPrivateAddress(address))) {
    throw credentialsRejected(
      `The base URL ${baseUrl.origin} points into a private network. Set KONTAKTOR_ALLOW_PRIVATE_URLS=true if that is meant.`,
    );
  }
}
