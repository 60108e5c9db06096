import { v5 as uuidv5 } from 'uuid';
import { betweenKeyed, type Parcel } from '../transport';

/**
 * A message has one key, so a parcel of several keys becomes as many parcels. Their ids follow from its own: published twice, they are the same
 * parcels.
 */
export function oneKeyEach(parcel: Parcel): Parcel[] {
  const { id, keys, body, ...rest } = parcel;
  if (keys === undefined || keys === null || keys.length < 2) return [parcel];
  const texts = body.slice(1, -1).split(betweenKeyed);
  return keys.map((key, index) => ({ ...rest, id: uuidv5(String(index), id), keys: [key], body: `[${texts[index]}]` }));
}
