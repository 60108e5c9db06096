import type { Problem } from '../http/refusal';

/** The way of a link: people go from one connection to another. */
export interface LinkWay {
  readonly linkId: string;
  readonly source: string;
  readonly destination: string;
}

/** Links that lead back to where people came from would write what they read for ever: the link that closes the circle is refused. */
export function checkCircle(link: LinkWay, others: readonly LinkWay[]): readonly Problem[] {
  if (link.source === link.destination) return [];
  const back = wayBetween(link.destination, link.source, others, new Set());
  if (back === undefined) return [];
  const names = back.map(({ linkId }) => `"${linkId}"`).join(', ');
  const stations = [link.source, link.destination, ...back.map(({ destination }) => destination)].join(' -> ');
  const problem = `makes a circle with ${back.length === 1 ? 'the link' : 'the links'} ${names}: ${stations}; disable or leave out one of them`;
  return [{ place: 'destination', problem }];
}

function wayBetween(from: string, to: string, ways: readonly LinkWay[], seen: Set<string>): readonly LinkWay[] | undefined {
  seen.add(from);
  for (const way of ways.filter(({ source, destination }) => source === from && !seen.has(destination))) {
    const rest = way.destination === to ? [] : wayBetween(way.destination, to, ways, seen);
    if (rest !== undefined) return [way, ...rest];
  }
  return undefined;
}
