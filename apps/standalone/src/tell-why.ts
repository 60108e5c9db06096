import type { ApiClient } from '@kontaktor/api-client';
import type { WhyView } from '@kontaktor/contracts';

/** Examples of *why*: someone who is in, and people who are out for different reasons. */
export async function tellWhy(api: ApiClient, linkId: string, howMany: number): Promise<string[]> {
  const { people: inside } = await api.people(linkId, { list: 'in-sync', limit: 1 });
  const { people: outside } = await api.people(linkId, { list: 'excluded', limit: 500 });
  const byReason = new Map(outside.flatMap(({ address, reason }) => (address === null ? [] : [[reason.code, address] as const])));
  // A stop of the gate says most of what the hub is for.
  const codes = [...byReason.keys()].sort((a, b) => Number(b.startsWith('consent.')) - Number(a.startsWith('consent.')));
  const addresses = [...inside.flatMap(({ address }) => address ?? []), ...codes.map((code) => byReason.get(code) ?? '')].slice(0, howMany);
  const lines: string[] = [];
  for (const address of addresses) lines.push(...describe(await api.why(address), linkId));
  return lines;
}

function describe({ address, contacts }: WhyView, linkId: string): string[] {
  const profiles = contacts.flatMap((contact) => contact.profiles).filter((profile) => profile.linkId === linkId);
  const own = profiles.filter((profile) => profile.address === address);
  return (own.length > 0 ? own : profiles)
    .slice(0, 1)
    .flatMap(({ eligible, reason }) => [`  ${address} is ${eligible ? 'in' : 'not in'} the list:`, `      ${reason.text.en}`]);
}
