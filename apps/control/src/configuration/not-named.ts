import type { ParsedAlerts, ParsedDocument } from '../document/parse-document';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';
import type { Snapshot } from './snapshot';

/** Ids of what is to be deleted, or stays although a document does not name it. */
export interface NotNamed {
  readonly connections: readonly string[];
  readonly links: readonly string[];
  /** Of alerts; none where the document says nothing of alerts. */
  readonly channels: readonly string[];
  readonly rules: readonly string[];
}

export const nothing: NotNamed = { connections: [], links: [], channels: [], rules: [] };

/** What is there and not in the document. A connection that is in it with mistakes is in it. */
export function notNamed({ connections, links, alerts }: Snapshot, parsed: ParsedDocument): NotNamed {
  return {
    connections: [...connections.keys()].filter((id) => !parsed.connections.has(id)),
    links: [...links.keys()].filter((id) => !parsed.links.has(id)),
    channels: [...alerts.channels.keys()].filter((id) => parsed.alerts !== undefined && !isNamedChannel(parsed.alerts, id)),
    rules: [...alerts.rules.keys()].filter((id) => parsed.alerts?.rules.has(id) === false),
  };
}

const isNamedChannel = ({ channels, faultyChannels }: ParsedAlerts, id: string): boolean => channels.has(id) || faultyChannels.includes(id);

export const placesOf = ({ connections, links, channels, rules }: NotNamed): string[] => [
  ...connections.map((id) => placeOf(['connections', id])),
  ...links.map((id) => placeOf(['links', id])),
  ...channels.map((id) => placeOf(['alerts', 'channels', id])),
  ...rules.map((id) => placeOf(['alerts', 'rules', id])),
];

/** Links of the document that would lose a connection. */
export function losses({ links }: ParsedDocument, deleted: NotNamed): readonly Problem[] {
  return [...links].flatMap(([linkId, { sound }]) =>
    (['source', 'destination'] as const).flatMap((end) => {
      const id = sound[end];
      if (id === undefined || !deleted.connections.includes(id)) return [];
      return [{ place: placeOf(['links', linkId, end]), problem: `the connection "${id}" is not in the document, and would be deleted` }];
    }),
  );
}
