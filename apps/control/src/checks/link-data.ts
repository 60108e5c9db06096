import type { LinkChanged } from '@kontaktor/contracts';
import type { LinkDocument } from '../document/link-document';
import { fieldSetOf, type Account } from './account';
import { defaultMapping } from './default-mapping';

/** A checked link as `link.changed` carries it, before its version is known. */
export function linkDataOf(linkId: string, link: LinkDocument, place: string, source: Account, destination: Account): LinkChanged {
  const { name = linkId, schedule, mapping = defaultMapping(fieldSetOf(source), fieldSetOf(destination)), list: _, ...same } = link;
  return {
    ...same,
    ...{ linkId, name, place, mapping, version: 0, deleted: false },
    source: { connectionId: link.source, provider: source.adapter.provider },
    destination: { connectionId: link.destination, provider: destination.adapter.provider },
    schedule: schedule === 'none' ? undefined : schedule,
  };
}
