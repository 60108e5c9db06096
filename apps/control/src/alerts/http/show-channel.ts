import type { AlertChannelView } from '@kontaktor/contracts';
import type { SavedChannel } from '../configuration/saved-alerts';

/** A channel without its secrets. */
export function showChannel(channel: SavedChannel, waiting: number): AlertChannelView {
  const { channelId: id, document, secretNames, failingSince, disabledAt, disabledBecause } = channel;
  return {
    ...{ id, channel: { ...document }, secretsSet: [...secretNames], waiting },
    failingSince: failingSince?.toISOString() ?? null,
    disabled: disabledAt === null ? null : { at: disabledAt.toISOString(), because: disabledBecause ?? '' },
  };
}
