const part = String.raw`[^\s"'<>@(),;:/\\]`;
/** Lengths are bounded (RFC 5321), so that a long text without spaces costs no more than its length. */
const address = String.raw`${part}{1,64}(?:@|%40)${part}{1,255}?\.${part}{1,63}`;
const addresses = new RegExp(address, 'gi');
/** In JSON the `n` of `\n` belongs to no address: escapes are taken whole. */
const escapesAndAddresses = new RegExp(String.raw`\\(?:u[0-9a-f]{4}|.)|${address}`, 'gi');

const mayHold = (text: string): boolean => text.includes('@') || text.includes('%40');

/** Text for a log: mail addresses become `[address]`. */
export const maskAddresses = (text: string): string => (mayHold(text) ? text.replace(addresses, '[address]') : text);

/** The same for a line of JSON, which stays valid. */
export const maskAddressesInJson = (line: string): string =>
  mayHold(line) ? line.replace(escapesAndAddresses, (found) => (found.startsWith('\\') ? found : '[address]')) : line;
